import type { Span } from "./text/words.js";

/** One answer; JSON can hold it as it is. Names are Python's (`Translation.to_dict`) in camelCase. */
export interface Translation {
  /** The text that was given. */
  source: string;
  text: string;
  /**
   * What it was ranked by: the mean log-probability of a token (greedy search, samples), a beam's score, or the expected
   * chrF (minimum Bayes risk); 0 for an empty translation.
   */
  score: number;
  /** Natural logarithm of the translation's probability. */
  logProb: number;
  /** Entries of the target vocabulary, `</s>` last where the end was reached. */
  tokens: string[];
  ids: number[];
  /** What was read, `</s>` last; unknown tokens by their own characters. */
  sourceTokens: string[];
  /** Target tokens x source tokens; each row sums to 1, to less with local attention; 0 without attention. */
  attention: number[][];
  tokenLogProbs: number[];
  /** Which tokens make up each word, `[start, end)`. */
  sourceWords: Span[];
  words: Span[];
  /** Which source word each target word looks at most, `source-target` from 0; "" where there is nothing to look at. */
  alignment: string;
  /** Whether the model read only the beginning of the text. */
  truncated: boolean;
  /** The translations asked for, all texts distinct, best first, this one among them; empty where one was asked for. */
  nBest: Translation[];
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
