import { Constraints, isNeverWritten } from "./constraints.js";
import { RandomStream } from "./random-stream.js";
import type { Sentence } from "./search.js";
import { type Chooser, SinglePath } from "./single-path.js";

/** Options of sampling. */
export interface SamplingOptions {
  /** Targets drawn for each sentence. */
  samples: number;
  /** Probabilities are softmax(log-probabilities / temperature). Defaults to 1. */
  temperature?: number;
  /** Draws among so many of the most probable tokens; 0: all. Defaults to 0. */
  topK?: number;
  /** Draws among the fewest whose probabilities sum up to so much. Defaults to 1. */
  topP?: number;
  seed?: number;
  constraints?: Constraints;
}

/**
 * Draws every token from the model's distribution, or from a part of it (Fan et al. 2018, section 5.4; Holtzman et al.
 * 2020, section 3.1). Each sample of a sentence comes from a stream of random numbers of its own, so that it does not
 * depend on what the sentence is batched with.
 */
export class Sampling extends SinglePath {
  private readonly temperature: number;
  private readonly topK: number;
  private readonly topP: number;
  private readonly seed: number;

  constructor({ samples, temperature = 1, topK = 0, topP = 1, seed = 0, constraints }: SamplingOptions) {
    super(constraints, samples);
    this.temperature = Math.fround(temperature);
    this.topK = topK;
    this.topP = Math.fround(topP);
    this.seed = seed;
  }

  protected override takesLargest(): boolean {
    return false;
  }

  protected override chooser(sentences: readonly Sentence[]): Chooser {
    const streams = sentences.flatMap(({ key }) =>
      Array.from({ length: this.paths }, (_, sample) => new RandomStream([this.seed, sample, ...key])));
    return (choices, row) => this.draw(choices, streams[row]!.next());
  }

  /** The first token whose sum of probabilities goes beyond the number, which is below 1. */
  private draw(choices: Float32Array, number: number): number {
    const ids = this.candidates(choices);
    const sums = upTo(this.probabilities(choices, ids));
    const drawn = Math.fround(Math.fround(number) * sums.at(-1)!);
    return ids[sums.findIndex((sum) => sum > drawn)]!;
  }

  /** All tokens in order, or, where only a part of them may be drawn, the most probable first. */
  private candidates(choices: Float32Array): number[] {
    const ids = Array.from(choices.keys()).filter((id) => !isNeverWritten(id));
    if (this.topK === 0 && this.topP >= 1) return ids;
    ids.sort((a, b) => choices[b]! - choices[a]! || a - b);
    return this.topK > 0 ? ids.slice(0, this.topK) : ids;
  }

  private probabilities(choices: Float32Array, ids: readonly number[]): Float32Array {
    const scaled = Float32Array.from(ids, (id) => choices[id]! / this.temperature);
    const largest = scaled.reduce((best, value) => Math.max(best, value), -Infinity);
    const exponentials = scaled.map((value) => Math.exp(value - largest));
    const sum = exponentials.reduce((total, value) => total + value, 0);
    const probabilities = exponentials.map((value) => value / sum);
    if (this.topP >= 1) return probabilities;
    const sums = upTo(probabilities);
    return probabilities.map((value, place) => (Math.fround(sums[place]! - value) < this.topP ? value : 0));
  }
}

/** Sums of the values up to each place, in float32 as in the other runtimes. */
function upTo(values: Float32Array): Float32Array {
  let sum = 0;
  return values.map((value) => (sum = Math.fround(sum + value)));
}
