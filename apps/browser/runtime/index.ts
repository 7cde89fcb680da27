import { activate, type BackendName } from "./backend.js";
import { Bundle, type Progress } from "./bundle.js";
import { LocalModel } from "./local-model.js";
import type { Model } from "./model.js";
import { turns } from "./turns.js";

/** Options of `load`. */
export interface LoadOptions {
  /** Where to compute: `"auto"` (default) takes wasm, else cpu. */
  backend?: BackendName | "auto";
  /** Hears of every piece that was downloaded. */
  onProgress?: (progress: Progress) => void;
}

/**
 * Loads an exported model from the folder `url` (relative to the page), checked against its manifest.
 *
 *     const model = await load("./model/");
 *     const { text, attention } = await model.translate("march 3rd, 1999");
 *
 * Throws `UserError` when a file is missing, altered or of another format version, or no backend works.
 */
export async function load(url: string, { backend = "auto", onProgress }: LoadOptions = {}): Promise<Model> {
  const [bundle, active] = await Promise.all([Bundle.download(url, onProgress), turns.take(() => activate(backend))]);
  return new LocalModel(bundle, active);
}

export { memory } from "@tensorflow/tfjs-core";
export type { BackendName } from "./backend.js";
export type { Progress } from "./bundle.js";
export { UserError } from "./errors.js";
export type { Memory, Model, ModelInfo, TranslateOptions } from "./model.js";
export type { DecodingOptions } from "./search/decoding-options.js";
export type { TokenEvent, Translation } from "./translation.js";
