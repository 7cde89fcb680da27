import type { SourceRow } from "./batch.js";
import type { Config } from "./formats.js";
import type { Tokenizer } from "./text/tokenizer.js";

/** What a search found for one source. */
export interface Hypothesis {
  /** Target ids, the end included where it was reached. */
  ids: number[];
  tokenLogProbs: number[];
  /** Target tokens x source tokens. */
  attention: number[][];
}

/** One answer. */
export interface Translation {
  text: string;
  /** `logProb` per token; 0 for an empty translation. */
  score: number;
  /** Natural logarithm of the translation's probability. */
  logProb: number;
  /** Entries of the target vocabulary, `</s>` last where the end was reached. */
  tokens: string[];
  ids: number[];
  /** What was read, `</s>` last; unknown tokens by their own characters. */
  sourceTokens: string[];
  /** Target tokens x source tokens; each row sums to 1. */
  attention: number[][];
  tokenLogProbs: number[];
}

/** A token as soon as it is found. */
export interface TokenEvent {
  /** Which of the texts, from 0. */
  index: number;
  /** Which of its tokens, from 0. */
  position: number;
  id: number;
  token: string;
  logProb: number;
  /** Weights over the source tokens. */
  attention: number[];
  sourceTokens: string[];
  /** The translation so far. */
  text: string;
}

/** Called by the loops for every token of row `row`. */
export type RowListener = (row: number, found: Hypothesis) => void | Promise<void>;

export function tokenText(id: number, tokenizer: Tokenizer, config: Config): string {
  if (id === config.end_id) return "</s>";
  return id === config.unknown_id ? "<unk>" : (tokenizer.vocabulary[id] ?? "<unk>");
}

export function translation(source: SourceRow, found: Hypothesis, target: Tokenizer, config: Config): Translation {
  const logProb = found.tokenLogProbs.reduce((sum, value) => sum + value, 0);
  return {
    text: target.decode(found.ids),
    score: found.ids.length === 0 ? 0 : logProb / found.ids.length,
    logProb,
    tokens: found.ids.map((id) => tokenText(id, target, config)),
    ids: found.ids,
    sourceTokens: source.surfaces,
    attention: found.attention,
    tokenLogProbs: found.tokenLogProbs,
  };
}
