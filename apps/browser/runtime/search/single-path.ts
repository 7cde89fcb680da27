import { START_ID } from "../ids.js";
import { Constraints } from "./constraints.js";
import { Path } from "./path.js";
import type { Hypothesis, Listener, Search, Sentence, Steps } from "./search.js";

/** Takes a token of what may be written: (vocabulary,) constrained log-probabilities of a row. */
export type Chooser = (choices: Float32Array, row: number) => number;

/** The loop of the searches that take one token for each path at every step; a subclass says which. */
export abstract class SinglePath implements Search {
  /**
   * @param constraints - what may be written.
   * @param paths - how many each sentence has.
   */
  constructor(readonly constraints = new Constraints(), readonly paths = 1) {}

  /** How tokens are chosen in one run, for `paths` rows of each sentence, side by side. */
  protected abstract chooser(sentences: readonly Sentence[]): Chooser;

  /** Whether the choice is the largest of what the model says: that is found on the device. */
  protected abstract takesLargest(sentences: readonly Sentence[]): boolean;

  async find(steps: Steps, sentences: readonly Sentence[], listener: Listener = {}): Promise<Hypothesis[][]> {
    const rows = sentences.flatMap((sentence) => Array.from({ length: this.paths }, () => new Path(sentence)));
    const advance = this.takesLargest(sentences) ? this.largest(steps, rows) : this.chosen(steps, rows, sentences);
    const tokens = new Int32Array(rows.length).fill(START_ID);
    while (rows.some((path) => path.alive)) {
      await listener.pause?.();
      const moving = rows.map((path) => path.alive);
      await advance(tokens);
      for (const [row, path] of rows.entries()) {
        if (!moving[row]) continue;
        tokens[row] = path.ids.at(-1)!;
        await listener.token?.(Math.floor(row / this.paths), path.hypothesis());
      }
    }
    return sentences.map((_, i) => rows.slice(i * this.paths, (i + 1) * this.paths).map((path) => path.hypothesis()));
  }

  /** Two numbers a row come back from the device, and the weights. */
  private largest(steps: Steps, rows: readonly Path[]): (tokens: Int32Array) => Promise<void> {
    return async (tokens) => {
      const found = await steps.step(tokens, ["next_token", "token_log_prob", "weights"]);
      for (const [row, path] of rows.entries()) {
        if (!path.alive) continue;
        path.append(found.next_token.data[row]!, found.token_log_prob.data[row]!, ofRow(found.weights.data, row, steps));
      }
    };
  }

  private chosen(
    steps: Steps,
    rows: readonly Path[],
    sentences: readonly Sentence[],
  ): (tokens: Int32Array) => Promise<void> {
    const choose = this.chooser(sentences);
    return async (tokens) => {
      const found = await steps.step(tokens, ["log_probs", "weights"]);
      const vocabulary = found.log_probs.shape[1]!;
      for (const [row, path] of rows.entries()) {
        if (!path.alive) continue;
        const logProbs = found.log_probs.data.subarray(row * vocabulary, (row + 1) * vocabulary) as Float32Array;
        const id = choose(this.constraints.apply(logProbs, path.ids, path.sentence), row);
        path.append(id, logProbs[id]!, ofRow(found.weights.data, row, steps));
      }
    };
  }
}

function ofRow(weights: Float32Array | Int32Array | Uint8Array, row: number, { sourceTime }: Steps): ArrayLike<number> {
  return weights.subarray(row * sourceTime, (row + 1) * sourceTime);
}
