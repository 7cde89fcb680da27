import type { Sentence, StepOutput, Steps } from "../../runtime/search/search.js";
import type { Values } from "../../runtime/search/run.js";
import { END_ID, START_ID, UNKNOWN_ID } from "../../runtime/ids.js";

/** A sentence with no limits of its own. */
export function sentence(changes: Partial<Sentence> = {}): Sentence {
  return { sourceTokens: 3, limit: 6, minimum: 0, prefix: [], key: Uint8Array.of(1), ...changes };
}

/** Numbers from 0 to 1 that look random and are the same every time. */
export function chance(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
    return ((state ^ (state >>> 12)) >>> 0) / 2 ** 32;
  };
}

/**
 * A toy in a model's place, of which everything is known: what comes next depends on the source, on whether the step is
 * even, and on the token before.
 */
export class Markov implements Steps {
  readonly sourceTime = 3;
  calls = 0;
  private odd: number[];
  private readonly logProbs: Float32Array[];
  private readonly looks: Float32Array[];

  constructor(sentences: number, private readonly paths: number, readonly vocabulary = 6, seed = 1) {
    const next = chance(seed);
    const states = sentences * 2 * vocabulary;
    this.logProbs = Array.from({ length: states }, () => {
      const logits = Array.from({ length: vocabulary }, () => 4 * next());
      const norm = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
      return Float32Array.from(logits, (logit) => logit - norm);
    });
    this.looks = Array.from({ length: states }, () => {
      const weights = Array.from({ length: this.sourceTime }, next);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      return Float32Array.from(weights, (weight) => weight / sum);
    });
    this.odd = new Array<number>(sentences * paths).fill(0);
  }

  async step<Name extends StepOutput>(tokens: Int32Array, outputs: readonly Name[]): Promise<Record<Name, Values>> {
    this.calls++;
    const states = Array.from(tokens, (token, row) => this.state(Math.floor(row / this.paths), this.odd[row]!, token));
    this.odd = this.odd.map((odd) => 1 - odd);
    const best = states.map((state) => argmax(this.logProbs[state]!));
    const found: Record<StepOutput, Values> = {
      log_probs: joined(states.map((state) => this.logProbs[state]!)),
      weights: joined(states.map((state) => this.looks[state]!)),
      next_token: { data: Int32Array.from(best), shape: [best.length] },
      token_log_prob: {
        data: Float32Array.from(best, (id, row) => this.logProbs[states[row]!]![id]!),
        shape: [best.length],
      },
    };
    return Object.fromEntries(outputs.map((name) => [name, found[name]])) as Record<Name, Values>;
  }

  reorder(parents: Int32Array): void {
    parents.forEach((parent, row) => {
      if (Math.floor(parent / this.paths) !== Math.floor(row / this.paths)) throw new Error("another sentence's state");
    });
    this.odd = Array.from(parents, (parent) => this.odd[parent]!);
  }

  /** Log-probabilities and attention of a target's tokens. */
  read(source: number, target: readonly number[]): { logProbs: number[]; attention: number[][] } {
    const states = target.map((_, i) => this.state(source, i % 2, i === 0 ? START_ID : target[i - 1]!));
    return {
      logProbs: states.map((state, i) => this.logProbs[state]![target[i]!]!),
      attention: states.map((state) => Array.from(this.looks[state]!)),
    };
  }

  /** Tokens that may be written. */
  get tokens(): number[] {
    return Array.from({ length: this.vocabulary }, (_, id) => id).filter((id) => id === UNKNOWN_ID || id > START_ID);
  }

  /** Every target of at most so many tokens. */
  everyTarget(limit: number): number[][] {
    let open: number[][] = [[]];
    const ended: number[][] = [];
    for (let length = 1; length <= limit; length++) {
      const longer = open.flatMap((target) => this.tokens.map((id) => [...target, id]));
      ended.push(...longer.filter((target) => target.at(-1) === END_ID || length === limit));
      open = longer.filter((target) => target.at(-1) !== END_ID);
    }
    return ended;
  }

  private state(source: number, odd: number, token: number): number {
    return (source * 2 + odd) * this.vocabulary + token;
  }
}

function argmax(values: Float32Array): number {
  let best = UNKNOWN_ID;
  values.forEach((value, id) => {
    if (id !== START_ID && id > 0 && value > values[best]!) best = id;
  });
  return best;
}

function joined(rows: readonly Float32Array[]): Values {
  const width = rows[0]!.length;
  const data = new Float32Array(rows.length * width);
  rows.forEach((row, i) => data.set(row, i * width));
  return { data, shape: [rows.length, width] };
}
