import type { BackendName } from "./backend.js";
import type { DecodingOptions } from "./search/decoding-options.js";
import type { Intervention } from "./trace/intervention.js";
import type { InterveneOptions, TraceOptions } from "./trace/options.js";
import type { Trace } from "./trace/trace.js";
import type { TokenEvent, Translation } from "./translation.js";

/** Options of `translate`. */
export interface TranslateOptions extends DecodingOptions {
  /** What the translation begins with, or one for each text. */
  prefix?: string | readonly string[];
  /**
   * `"step"` (default): a graph call per token, tokens as they come. `"graph"`: the whole search in one graph, which is
   * greedy and knows no other options.
   */
  loop?: "step" | "graph";
  /**
   * Hears of every token, as it is found; of those of the best translation at the end where no token is certain before
   * (a beam, several samples) and with `"graph"`. The search waits for a promise that it returns, in
   * a worker no more than one token ahead. It must not wait for another call of a model: calls take turns.
   */
  onToken?: (event: TokenEvent) => void | Promise<void>;
  /** Stops the run: `translate` rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** What is known about a loaded model. */
export interface ModelInfo {
  name: string;
  description: string;
  examples: string[];
  parameters: number;
  sourceVocabularySize: number;
  targetVocabularySize: number;
  maxSourceTokens: number;
  backend: BackendName;
  /** Whether the model lives in a worker of its own. */
  worker: boolean;
}

/** What the tensors on the device hold now, of all models that share it. */
export interface Memory {
  numTensors: number;
  numBytes: number;
}

/**
 * A loaded model. `load` makes it. What goes in and comes out can be cloned between threads, besides the callbacks and
 * signals among the options: so a model may as well live in a worker.
 */
export interface Model {
  readonly info: Readonly<ModelInfo>;

  /** Translates, greedily unless options say otherwise: one text gives one answer, a list gives a list in the same order. */
  translate(text: string, options?: TranslateOptions): Promise<Translation>;
  translate(texts: readonly string[], options?: TranslateOptions): Promise<Translation[]>;

  /**
   * Translates a text and keeps every tensor on the way: the JSON of `keras_s2s/trace.schema.json`, the same as Python's
   * for the same text. With a beam the steps are those of the best hypothesis; what else it kept stands in `beam`.
   *
   *     const { steps, target_tokens } = await model.trace("march 3rd, 1999", { beamSize: 4 });
   */
  trace(text: string, options?: TraceOptions): Promise<Trace>;

  /**
   * Translates a text as it is, and once more with changes: the model runs anew from the first of them. `swap` and
   * `mute` change what is read from the beginning; the changes of steps follow in order, and each goes on from the run
   * with all before it: what that wrote until then stays.
   *
   *     const { before, after, changed } = await model.intervene("march 3rd, 1999", { force: { 3: "8" }, mute: [0, 1] });
   *
   * Rejects with a `UserError` for steps that the translation does not reach, tokens that the vocabulary has not, rows
   * that are no weights over this source, positions out of range, words that the text has not, and models without
   * attention where it is to be changed.
   */
  intervene(text: string, options: InterveneOptions): Promise<Intervention>;

  /** Counts what is held on the device when no call is under way: a translation leaves the numbers as they were. */
  memory(): Promise<Memory>;

  /** Frees the weights. Calls that are under way end with a `UserError`. */
  dispose(): Promise<void>;
}
