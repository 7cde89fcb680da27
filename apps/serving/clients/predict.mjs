// Asks TensorFlow Serving, or `keras-s2s serve`, over REST. For Node 20 or newer and for browsers; no packages.
//
//   node predict.mjs "march 3rd, 1999"
//   node predict.mjs --signature explain --server http://127.0.0.1:8501 --model dates --timeout 10 < lines.txt
//
// Without TEXT each line of standard input is one. A line of standard output answers each, in order: the translation,
// or with `--signature explain` and `nbest` a JSON object. Errors go to standard error; exit status 1 where the server
// refuses or does not answer in time, 2 for wrong arguments.
//
// In a page: `import { predict } from "./predict.mjs"`. The server has to allow the page's origin: `keras-s2s serve
// dates --cors https://example.org`, or TensorFlow Serving's --rest_api_enable_cors_support.

const ROWS = 64; // texts in one request

/**
 * What a signature answers for texts, in order; padding, which other rows of a batch make necessary, is cut off.
 *
 * @param {string[]} texts
 * @param {{server?: string, model?: string, signature?: string, beamSize?: number, timeout?: number}} options timeout
 *   in seconds.
 * @returns {Promise<object[]>} an object of the signature's outputs for each text.
 * @throws {Error} where the server refuses, cannot be reached or does not answer in time.
 */
export async function predict(texts, options = {}) {
  const { server = "http://127.0.0.1:8501", model = "dates", signature = "serving_default" } = options;
  const { beamSize = 5, timeout = 10 } = options;
  const instances = texts.map((text) => (signature === "nbest" ? { text, beam_size: beamSize } : { text }));
  let response, body;
  try {
    // No content type: the server looks at none, and without it a browser asks for no permission beforehand.
    response = await fetch(`${server}/v1/models/${encodeURIComponent(model)}:predict`, {
      method: "POST",
      body: JSON.stringify({ signature_name: signature, instances }),
      signal: AbortSignal.timeout(timeout * 1000),
    });
    body = await response.text();
  } catch (error) {
    const reason = error.name === "TimeoutError" ? `no answer within ${timeout} s` : error.cause?.message;
    throw new Error(`${server}: ${reason || error.message}`, { cause: error });
  }
  if (!response.ok) throw new Error(`the server answered ${response.status}: ${messageOf(body)}`);
  return JSON.parse(body).predictions.map(withoutPadding);
}

function messageOf(body) {
  try {
    return JSON.parse(body).error ?? body;
  } catch {
    return body;
  }
}

function withoutPadding(row) {
  if (row.translations) {
    const number = row.scores.filter((score) => score > -1e9).length;
    return { translations: row.translations.slice(0, number), scores: row.scores.slice(0, number) };
  }
  if (!row.attention) return row;
  const [written, read] = [row.target_tokens, row.source_tokens].map((tokens) => tokens.filter(Boolean).length);
  return {
    ...row,
    target_tokens: row.target_tokens.slice(0, written),
    source_tokens: row.source_tokens.slice(0, read),
    token_log_probs: row.token_log_probs.slice(0, written),
    attention: row.attention.slice(0, written).map((weights) => weights.slice(0, read)),
  };
}

async function main() {
  const { parseArgs } = await import("node:util");
  const text = { type: "string" };
  let given;
  try {
    given = parseArgs({
      allowPositionals: true,
      options: { server: text, model: text, signature: text, "beam-size": text, timeout: text },
    });
  } catch (error) {
    console.error(`predict.mjs: ${error.message}`);
    return 2;
  }
  const { "beam-size": beamSize = 5, timeout = 10, ...options } = given.values;
  if (!(Number(beamSize) > 0 && Number(timeout) > 0)) {
    console.error("predict.mjs: --beam-size and --timeout expect a number above 0");
    return 2;
  }
  const texts = given.positionals.length ? given.positionals : await lines();
  try {
    for (let start = 0; start < texts.length; start += ROWS) {
      const rows = texts.slice(start, start + ROWS);
      for (const row of await predict(rows, { ...options, beamSize: Number(beamSize), timeout: Number(timeout) })) {
        const plain = (options.signature ?? "serving_default") === "serving_default";
        console.log(plain ? row.translation : JSON.stringify(row));
      }
    }
  } catch (error) {
    console.error(`predict.mjs: ${error.message}`);
    return 1;
  }
  return 0;
}

async function lines() {
  process.stdin.setEncoding("utf8");
  let found = "";
  for await (const part of process.stdin) found += part;
  // Not node:readline, which also ends lines at U+2028.
  return found ? found.replace(/\n$/, "").split("\n").map((line) => line.replace(/\r$/, "")) : [];
}

if (globalThis.process?.versions?.node && process.argv[1]) {
  const [{ realpathSync }, { pathToFileURL }] = await Promise.all([import("node:fs"), import("node:url")]);
  if (import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) process.exitCode = await main();
}
