import type { LengthNormalization } from "./length-normalization.js";

/** How to decode; without any of these it is greedy search. Names, defaults and results are Python's (`Decoding`). */
export interface DecodingOptions {
  /** Hypotheses that are kept, at most 1,000. Defaults to 1: greedy search. */
  beamSize?: number;
  /** How many translations are wanted, at most the beam size or the samples. Defaults to 1. */
  nBest?: number;
  /** What a beam divides log-probabilities by: `length ** alpha`, `((5 + length) / 6) ** alpha`, 1. Defaults to mean. */
  lengthNormalization?: LengthNormalization;
  /** The exponent of the length normalisation. Defaults to 1. */
  alpha?: number;
  /** How much a beam punishes source tokens that were not looked at. Defaults to 0; GNMT's is 0.2. */
  coveragePenalty?: number;
  /** Whether a beam stops once its result is certain. Defaults to true. */
  earlyStopping?: boolean;
  /** Translations that are drawn at random, at most 1,000, in place of a beam. Defaults to 0. */
  samples?: number;
  /** From 0.001 to 100: above 1 samples differ more. Defaults to 1. */
  temperature?: number;
  /** Samples are drawn among so many of the most probable tokens; 0: all. Defaults to 0. */
  topK?: number;
  /** Samples are drawn among the fewest tokens whose probabilities sum up to so much. Defaults to 1. */
  topP?: number;
  /** The same seed gives the same samples, here and in Python. Defaults to 0. */
  seed?: number;
  /** Whether samples or a beam's hypotheses are ranked by how much they agree with each other. Defaults to false. */
  minimumBayesRisk?: boolean;
  /** The fewest tokens before the end token. Defaults to 0. */
  minLength?: number;
  /** The fewest for each source token. Defaults to 0. */
  minLengthRatio?: number;
  /** The most tokens, the end token included, at most 10,000. Defaults to the model's own limit. */
  maxLength?: number | null;
  /** The most for each source token. Defaults to the model's own limit. */
  maxLengthRatio?: number | null;
  /** Target tokens that are never written. */
  forbid?: string | readonly string[];
  /** No sequence of so many tokens occurs twice; 0: any may. Defaults to 0. */
  noRepeatNgram?: number;
  /** From 1: log-probabilities of tokens that were written before are multiplied by it. Defaults to 1. */
  repetitionPenalty?: number;
  /**
   * What becomes of unknown target tokens: `<unk>`, the next best token, or the source word that was looked at most.
   * Defaults to keep.
   */
  unknown?: "keep" | "forbid" | "replace";
}

/** Every option with its value. */
export type Decided = Readonly<Required<Omit<DecodingOptions, "forbid">>> & { readonly forbid: readonly string[] };

export const DEFAULTS: Decided = {
  beamSize: 1, nBest: 1, lengthNormalization: "mean", alpha: 1, coveragePenalty: 0, earlyStopping: true, samples: 0,
  temperature: 1, topK: 0, topP: 1, seed: 0, minimumBayesRisk: false, minLength: 0, minLengthRatio: 0, maxLength: null,
  maxLengthRatio: null, forbid: [], noRepeatNgram: 0, repetitionPenalty: 1, unknown: "keep",
};
