import type { Hypothesis, Sentence } from "./search.js";

/** A token in the tree of all hypotheses of a sentence; its path to the root is a hypothesis. */
export interface Leaf {
  readonly before: Leaf | undefined;
  readonly id: number;
  readonly logProb: number;
  /** (Tx,) what was looked at while it was written. */
  readonly weights: ArrayLike<number>;
}

/** A hypothesis that a beam keeps. */
export interface Slot {
  /** Whether it goes on. */
  readonly alive: boolean;
  /** Its last token; `undefined` before the first. */
  readonly leaf: Leaf | undefined;
  /** Tokens so far, for constraints. */
  readonly ids: readonly number[];
  /** The sum of the log-probabilities that were ranked: penalties of repetitions included. */
  readonly total: number;
  readonly score: number;
  /** (Tx,) sums of the attention weights, where a penalty needs them. */
  readonly coverage: Float32Array | undefined;
}

/** The slot of a sentence before the first step. */
export function firstSlot(sentence: Sentence, coverage: Float32Array | undefined): Slot {
  return { alive: sentence.limit > 0, leaf: undefined, ids: [], total: 0, score: 0, coverage };
}

export function slotHypothesis({ leaf, ids, score }: Slot, sentence: Sentence): Hypothesis {
  const tokenLogProbs: number[] = [];
  const attention: number[][] = [];
  for (let at = leaf; at !== undefined; at = at.before) {
    tokenLogProbs.unshift(at.logProb);
    attention.unshift(Array.prototype.slice.call(at.weights, 0, sentence.sourceTokens) as number[]);
  }
  return { ids: [...ids], tokenLogProbs, attention, logProb: tokenLogProbs.reduce((a, b) => a + b, 0), score };
}
