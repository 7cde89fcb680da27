import type { DecodingOptions } from "../search/decoding-options.js";
import type { Rows } from "./intervention-checks.js";
import type { Swap } from "./swap.js";

/** What has no one translation to follow. */
export const UNTRACED = ["samples", "temperature", "topP", "seed", "nBest", "minimumBayesRisk"] as const;

/** Options of `trace`: how to decode, and what is shown. */
export interface TraceOptions extends Omit<DecodingOptions, (typeof UNTRACED)[number] | "topK"> {
  /** With what the translation begins. */
  prefix?: string;
  /** How many of the likeliest tokens each step names. Defaults to 5. */
  topK?: number;
  /** Stops the run: the call rejects with the signal's reason. */
  signal?: AbortSignal;
}

/** Options of `intervene`: what is changed, one or several of the first four. */
export interface InterveneOptions extends TraceOptions {
  /** Target tokens by step, from 0, that are written there, whatever the model prefers: entries of its vocabulary. */
  force?: Readonly<Record<number, string>>;
  /**
   * Attention rows by step, weights over the source tokens (the end token's the last) in the place of the model's own.
   * They are divided by their sum; with local attention, whose rows add up to less than 1, only where it is larger.
   */
  attention?: Rows;
  /** A source position, or several, that get no attention at any step. The encoder has read them all the same. */
  mute?: number | readonly number[];
  /** Words of the text and what takes their place, or the whole new text, which steps and positions then mean. */
  swap?: Swap;
}
