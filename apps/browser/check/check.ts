import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
// Here, not only where the runtime asks for it: in one file it would come after the code below.
import "@tensorflow/tfjs-backend-cpu";
import { openModel } from "../runtime/open-model.js";

// The exporter's check: `node check.mjs FOLDER step graph < texts.json > answers.json`, with the runtime that pages
// get, on TF.js' cpu backend. A list of texts comes in, `{step: answers, graph: answers}` goes out, for the loops asked for.

// What the runtime expects of a browser: Node 20 has no navigator, and its fetch does not read files.
if (!("navigator" in globalThis)) Object.assign(globalThis, { navigator: { userAgent: "Node" } });
globalThis.fetch = async (address) => {
  const url = address instanceof Request ? address.url : String(address);
  return new Response(await readFile(fileURLToPath(url)));
};

const [folder, ...loops] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(process.stdin.fd, "utf8")) as string[];
try {
  const model = await openModel(pathToFileURL(`${folder}/`).href, { backend: "cpu" });
  const answers: Record<string, unknown> = {};
  for (const loop of loops as ("step" | "graph")[]) answers[loop] = await model.translate(texts, { loop });
  process.stdout.write(JSON.stringify(answers));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
