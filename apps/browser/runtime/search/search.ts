import type { Values } from "./run.js";

/** A source, as far as a search needs to know of it. */
export interface Sentence {
  /** Tokens of the source, its end token included: that many weights each target token has. */
  sourceTokens: number;
  /** The most target tokens, the end token included. 0 gives an empty translation. */
  limit: number;
  /** The fewest target tokens before the end token. */
  minimum: number;
  /** The first target tokens, whatever the model prefers; padding leaves the choice to the search. */
  prefix: readonly number[];
  /** What stands for the sentence where chance decides: the same bytes give the same samples. */
  key: Uint8Array;
}

/** One target of a sentence that a search has found. */
export interface Hypothesis {
  /** Target ids, the end included where it was reached. */
  ids: number[];
  /** The model's own for each token, whatever the constraints (natural logarithm). */
  tokenLogProbs: number[];
  /** Target tokens x source tokens. */
  attention: number[][];
  /** The sum of `tokenLogProbs`. */
  logProb: number;
  /** What it was ranked by: of a single path the mean of `tokenLogProbs`, 0 without any. */
  score: number;
}

/**
 * What a search steps on: a model, or a toy. Each sentence has as many rows as the search has paths, side by side.
 * `Run` is one.
 */
export interface Steps {
  /** Source tokens of the longest sentence: `weights` has that many for each row. */
  readonly sourceTime: number;
  step<Name extends StepOutput>(tokens: Int32Array, outputs: readonly Name[]): Promise<Record<Name, Values>>;
  reorder(parents: Int32Array): void;
}

/** Of `log_probs` (rows, vocabulary), `next_token` and `token_log_prob` (rows,), `weights` (rows, source tokens). */
export type StepOutput = "log_probs" | "next_token" | "token_log_prob" | "weights";

/** Who hears of a search while it goes on. */
export interface Listener {
  /** Is awaited before every step: lets others work, and throws to stop the search. */
  pause?: () => Promise<void>;
  /** Hears of every token of a search that never takes one back: of the last in `found`. Is awaited. */
  token?: (sentence: number, found: Hypothesis) => void | Promise<void>;
}

/** A way to decode: a loop over `step` that knows nothing of the model. */
export interface Search {
  /** Rows of each sentence. */
  readonly paths: number;
  /** The hypotheses of each sentence: a beam's best first, samples as they were drawn. */
  find(steps: Steps, sentences: readonly Sentence[], listener?: Listener): Promise<Hypothesis[][]>;
}
