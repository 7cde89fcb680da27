import { afterEach, expect, test, vi } from "vitest";
import { candidates } from "../runtime/backend.js";
import { Bundle } from "../runtime/bundle.js";
import { chooseBackend } from "../runtime/choose-backend.js";
import { UserError } from "../runtime/errors.js";
import { load } from "../runtime/index.js";
import { Translating } from "../runtime/translating.js";
import { decodeWeight } from "../runtime/weights.js";

afterEach(() => { vi.unstubAllGlobals(); });

const SHA = "0".repeat(64);
const FILES = ["config.json", "tokenizer.json", "weights.bin", "decode.json", "encode.json", "step.json"];

function served(manifest: unknown): Promise<Bundle> {
  vi.stubGlobal("fetch", async () => Response.json(manifest));
  return Bundle.download("http://localhost/model/");
}

function manifestWith(file: unknown): object {
  const listed = FILES.map((name) => [name, name === "step.json" ? file : { bytes: 1, sha256: SHA }]);
  return { format_version: 2, files: Object.fromEntries(listed) as object };
}

test.each([null, 5, "text"])("a manifest that is %j", async (manifest) => {
  await expect(served(manifest)).rejects.toThrow("manifest.json is not JSON");
});

test.each([undefined, null, {}, { bytes: 1 }, { bytes: "1", sha256: SHA }, { bytes: 1, sha256: "../0" }])(
  "a manifest whose file is %j", async (file) => {
    await expect(served(manifestWith(file))).rejects.toThrow("manifest.json does not list step.json with its size");
  });

test("where the model does not run, that is what is said, not that no backend starts", async () => {
  const bundle = {
    config: { examples: [] }, tokenizers: { source: { type: "wordpiece" }, target: { type: "word" } }, weightsHash: SHA,
  } as unknown as Bundle;
  vi.stubGlobal("navigator", { userAgent: "Node" });
  await expect(chooseBackend(bundle, ["cpu", "cpu"])).rejects.toThrow('a tokenizer of type "wordpiece"');
});

test("backends that are none", () => {
  for (const wanted of [5, [], null, ["cpu", 7]]) {
    expect(() => candidates(wanted as never)).toThrow(UserError);
  }
  expect(candidates(["cpu"])).toEqual(["cpu"]);
});

test("addresses that are none", async () => {
  await expect(load("http://", { worker: false })).rejects.toThrow('"http://" is no address');
  await expect(load("./model", { worker: false })).rejects.toBeInstanceOf(UserError); // in Node there is no page
});

test.each([[{ loop: "graf" }, 'loop: "graf"'], [{ onToken: "x" }, 'onToken: "x"'], [{ toString: 1 }, "There is no option toString"],
  [{ constructor: 1 }, "There is no option constructor"]])("options %j", (options, message) => {
  const vocabulary = ["<pad>", "<unk>", "<s>", "</s>", "a"];
  const tokenizer = { vocabulary, encode: () => ({ ids: [], surfaces: [] }) };
  const parts = { source: tokenizer, target: tokenizer, config: { target_length: {} } };
  expect(() => new Translating(parts as never, [], options as never)).toThrow(message);
});

test("weights that the file does not have", () => {
  expect(() => decodeWeight({ name: "w", shape: [2], dtype: "int32", ranges: [[4, 8]] }, new Uint8Array(8)))
    .toThrow("The weight w lies behind the end of weights.bin");
});
