import { UserError } from "./errors.js";
import type { LoadOptions } from "./load-options.js";
import type { Model } from "./model.js";
import { quoted } from "./quoted.js";
import { WorkerModel } from "./worker/worker-model.js";

/**
 * Loads an exported model from the folder `url` (relative to the page), checked against its manifest.
 *
 *     const model = await load("./model/");
 *     const { text, attention } = await model.translate("march 3rd, 1999");
 *
 * Throws `UserError` when a file is missing, altered or of another format version, or no backend works.
 */
export async function load(url: string | URL, options: LoadOptions = {}): Promise<Model> {
  const { worker = true, ...others } = options;
  others.signal?.throwIfAborted();
  const folder = folderAddress(url);
  const model = worker ? await WorkerModel.load(folder, others) : undefined;
  if (model !== undefined) return model;
  // A file of its own: a page whose model lives in a worker never fetches it.
  const { openModel } = await import("./open-model.js");
  return openModel(folder, others);
}

function folderAddress(url: string | URL): string {
  const text = String(url);
  const base = globalThis.document?.baseURI;
  try {
    return new URL(text.endsWith("/") ? text : `${text}/`, base).href;
  } catch {
    throw new UserError(`${quoted(text)} is no address`, "Expected the folder of an exported model, as the page sees it",
      'Write for example load("./model/")');
  }
}

export type { BackendName } from "./backend.js";
export type { Progress } from "./bundle.js";
export { UserError } from "./errors.js";
export type { LoadOptions } from "./load-options.js";
export type { Memory, Model, ModelInfo, TranslateOptions } from "./model.js";
export type { DecodingOptions } from "./search/decoding-options.js";
export type { Intervention } from "./trace/intervention.js";
export type { InterveneOptions, TraceOptions } from "./trace/options.js";
export type { Trace, TraceStep } from "./trace/trace.js";
export type { TokenEvent, Translation } from "./translation.js";
