// Runs the browser's tokenizers in Node: node tokenize.mjs RUNTIME INPUT OUTPUT
// INPUT is [{"tokenizer": one side of tokenizer.json, "texts": [...]}, ...]; OUTPUT gets [[{ids, surfaces, text}, ...], ...].
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [runtime, input, output] = process.argv.slice(2);
const { createTokenizer } = await import(pathToFileURL(runtime).href);
const answers = JSON.parse(readFileSync(input, "utf8")).map(({ tokenizer: description, texts }) => {
  const tokenizer = createTokenizer(description);
  return texts.map((text) => {
    const { ids, surfaces } = tokenizer.encode(text);
    return { ids, surfaces, text: tokenizer.decode(ids) };
  });
});
writeFileSync(output, JSON.stringify(answers));
