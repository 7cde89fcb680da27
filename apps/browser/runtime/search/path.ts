import { END_ID } from "../ids.js";
import type { Hypothesis, Sentence } from "./search.js";

/** One target of a sentence as it grows, token by token, and never takes one back. */
export class Path {
  readonly ids: number[] = [];
  private readonly tokenLogProbs: number[] = [];
  private readonly attention: number[][] = [];

  constructor(readonly sentence: Sentence) {}

  /** Whether it goes on. */
  get alive(): boolean {
    return this.ids.length < this.sentence.limit && this.ids.at(-1) !== END_ID;
  }

  /** @param weights - (Tx,) attention, the padding of shorter sources included. */
  append(id: number, logProb: number, weights: ArrayLike<number>): void {
    this.ids.push(id);
    this.tokenLogProbs.push(logProb);
    this.attention.push(Array.prototype.slice.call(weights, 0, this.sentence.sourceTokens) as number[]);
  }

  hypothesis(): Hypothesis {
    return hypothesis(this.ids, this.tokenLogProbs, this.attention);
  }
}

/** A hypothesis with the score of a single path. */
export function hypothesis(ids: number[], tokenLogProbs: number[], attention: number[][]): Hypothesis {
  const logProb = tokenLogProbs.reduce((sum, value) => sum + value, 0);
  return { ids, tokenLogProbs, attention, logProb, score: logProb / Math.max(ids.length, 1) };
}
