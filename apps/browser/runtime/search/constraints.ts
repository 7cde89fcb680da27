import { END_ID, PADDING_ID, START_ID } from "../ids.js";
import type { Sentence } from "./search.js";

/** Is added to the log-probability of a token that may not be written: far below that of every other. */
export const BLOCKED = -30000;

/** Whether no search ever writes the token. */
export function isNeverWritten(id: number): boolean {
  return id === PADDING_ID || id === START_ID;
}

/**
 * Which tokens a search may write; padding and start never are. Where nothing is left, the target ends.
 *
 * A search reports the model's own log-probabilities: constraints say what may be written and what is ranked.
 */
export class Constraints {
  /**
   * @param forbidden - ids that are never written.
   * @param noRepeatNgram - no sequence of so many tokens occurs twice in a target; 0: any may.
   * @param repetitionPenalty - from 1: the log-probability of a token that was written before is multiplied by it.
   */
  constructor(
    readonly forbidden: readonly number[] = [],
    readonly noRepeatNgram = 0,
    readonly repetitionPenalty = 1,
  ) {}

  /** Whether tokens of this sentence may be chosen freely: then the device's own choice is the search's. */
  leavesAlone(sentence: Sentence): boolean {
    const free = this.forbidden.length === 0 && this.noRepeatNgram === 0 && this.repetitionPenalty === 1;
    return free && sentence.minimum <= 0 && sentence.prefix.length === 0;
  }

  /**
   * What the search chooses by: log-probabilities, lowered where a token may not be written. Choosers themselves pass
   * over padding and start.
   *
   * @param logProbs - (vocabulary,) the model's; stays as it is.
   * @param written - ids so far.
   */
  apply(logProbs: Float32Array, written: readonly number[], sentence: Sentence): Float32Array {
    if (this.leavesAlone(sentence)) return logProbs;
    const given = sentence.prefix[written.length];
    if (given !== undefined && given !== PADDING_ID) return only(logProbs, given);
    const choices = logProbs.slice();
    if (this.repetitionPenalty !== 1) this.penalize(choices, written);
    for (const id of this.forbidden) lower(choices, id);
    if (this.noRepeatNgram > 0) for (const id of this.repetitions(written)) lower(choices, id);
    if (written.length < sentence.minimum) lower(choices, END_ID);
    return choices.some((value, id) => value > BLOCKED / 2 && !isNeverWritten(id)) ? choices : only(logProbs, END_ID);
  }

  /** However large the penalty, a token may be written: it stays above those that may not. */
  private penalize(choices: Float32Array, written: readonly number[]): void {
    for (const id of new Set(written)) {
      choices[id] = Math.max(choices[id]! * Math.fround(this.repetitionPenalty), BLOCKED / 4);
    }
  }

  /** The tokens that would write a sequence for the second time. */
  private repetitions(written: readonly number[]): Set<number> {
    const before = this.noRepeatNgram - 1;
    const last = written.length - before;
    const found = new Set<number>();
    for (let start = 0; start < last; start++) {
      let same = true;
      for (let place = 0; same && place < before; place++) same = written[start + place] === written[last + place];
      if (same) found.add(written[start + before]!);
    }
    return found;
  }
}

function lower(choices: Float32Array, id: number): void {
  if (id < choices.length) choices[id] = choices[id]! + BLOCKED;
}

function only(logProbs: Float32Array, id: number): Float32Array {
  const choices = new Float32Array(logProbs.length).fill(2 * BLOCKED);
  choices[id] = logProbs[id]!;
  return choices;
}
