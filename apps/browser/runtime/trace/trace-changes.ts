import { UserError } from "../errors.js";
import type { Trace } from "./trace.js";

/** What is set from outside in a run, checked. */
export interface Changes {
  /** The id that is written, by step. */
  forced?: ReadonlyMap<number, number>;
  /** Attention weights (Tx,), by step. */
  weights?: ReadonlyMap<number, Float32Array>;
  /** Source positions that get no attention. */
  muted?: readonly number[];
  /** Ids of the first steps, as they were before. */
  kept?: readonly number[];
  /** Steps whose changes are what the run does anyway: the search takes them without. */
  idle?: ReadonlySet<number>;
}

/** Interventions, as the run needs them. */
export class TraceChanges {
  readonly forced: ReadonlyMap<number, number>;
  readonly weights: ReadonlyMap<number, Float32Array>;
  readonly muted: readonly number[];
  readonly kept: readonly number[];
  readonly idle: ReadonlySet<number>;

  constructor({ forced, weights, muted, kept, idle }: Changes = {}) {
    this.forced = forced ?? new Map();
    this.weights = weights ?? new Map();
    this.muted = muted ?? [];
    this.kept = kept ?? [];
    this.idle = idle ?? new Set();
  }

  /** The steps that are changed, in order. */
  get steps(): number[] {
    return [...new Set([...this.forced.keys(), ...this.weights.keys()])].sort((a, b) => a - b);
  }

  /** What the search has to be told of: ids and weights by step. */
  get searched(): { forced: ReadonlyMap<number, number>; weights: ReadonlyMap<number, Float32Array> } {
    return { forced: this.withoutIdle(this.forced), weights: this.withoutIdle(this.weights) };
  }

  /**
   * The same and what `others` change at one step, for a beam that goes on from a run that it has found.
   *
   * What this run wrote before the step is kept: else the beam, with fewer hypotheses to choose from, might choose
   * another beginning. Where the run does by itself what is asked for, nothing is: else the beam might go on otherwise
   * after a token that was there anyway.
   *
   * @param step - one after all of these changes.
   * @param run - the trace with these changes.
   * @param vocabulary - the target's.
   * @param unknownId - of what the vocabulary has not, but a prefix.
   */
  withStep(
    step: number,
    others: TraceChanges,
    run: Trace,
    vocabulary: readonly string[],
    unknownId: number,
  ): TraceChanges {
    const forced = withEntry(this.forced, step, others.forced.get(step));
    const weights = withEntry(this.weights, step, others.weights.get(step));
    const { muted, kept, idle } = this;
    const changes = new TraceChanges({ forced, weights, muted, kept, idle });
    if (changes.isDoneBy(run, step, vocabulary)) {
      return new TraceChanges({ forced, weights, muted, kept, idle: new Set([...idle, step]) });
    }
    const ids = new Map(vocabulary.map((token, id) => [token, id]));
    const written = run.target_tokens.slice(0, step).map((token) => ids.get(token) ?? unknownId);
    return new TraceChanges({ forced, weights, muted, kept: written, idle });
  }

  /**
   * Refuses changes of steps that a translation does not have.
   *
   * @param length - how many it has, or may have.
   * @param problem - how the user is told.
   */
  checkSteps(length: number, problem: (length: number) => string): void {
    const step = this.steps.at(-1);
    if (step === undefined || step < length) return;
    if (length === 0) {
      throw new UserError(`Step ${step} is to be changed, but there is nothing to translate`,
        "The source should have something to read", "Give another text");
    }
    throw new UserError(`Step ${step} is to be changed, but ${problem(length)}`,
      `It should be a step from 0 to ${length - 1}`, "Choose an earlier step");
  }

  private isDoneBy(run: Trace, step: number, vocabulary: readonly string[]): boolean {
    const found = run.steps[step];
    if (found === undefined) return false;
    const id = this.forced.get(step);
    const weights = this.weights.get(step);
    return (id === undefined || found.token === vocabulary[id])
      && (weights === undefined || weights.every((weight, place) => isClose(found.weights![place]!, weight)));
  }

  private withoutIdle<Value>(changes: ReadonlyMap<number, Value>): ReadonlyMap<number, Value> {
    return new Map([...changes].filter(([step]) => !this.idle.has(step)));
  }
}

function withEntry<Value>(changes: ReadonlyMap<number, Value>, step: number, value: Value | undefined) {
  return value === undefined ? changes : new Map([...changes, [step, value]]);
}

function isClose(weight: number, other: number): boolean {
  return Math.abs(weight - other) <= 1e-6 + 1e-5 * Math.abs(other);
}
