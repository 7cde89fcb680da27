import { isNeverWritten } from "./constraints.js";
import type { Sentence } from "./search.js";
import { type Chooser, SinglePath } from "./single-path.js";

/** Takes the best token at every step. */
export class Greedy extends SinglePath {
  protected override takesLargest(sentences: readonly Sentence[]): boolean {
    return sentences.every((sentence) => this.constraints.leavesAlone(sentence));
  }

  protected override chooser(): Chooser {
    return placeOfLargest;
  }
}

/** The best token that may be written, of equal ones the first. */
function placeOfLargest(choices: Float32Array): number {
  let best = -1;
  for (let id = 0; id < choices.length; id++) {
    if (!isNeverWritten(id) && (best === -1 || choices[id]! > choices[best]!)) best = id;
  }
  return best;
}
