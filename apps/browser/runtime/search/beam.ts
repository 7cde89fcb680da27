import { END_ID, START_ID } from "../ids.js";
import { bestChoices } from "./best-choices.js";
import { firstSlot, type Slot, slotHypothesis } from "./beam-slot.js";
import { Constraints } from "./constraints.js";
import { lengthDivisor, type LengthNormalization } from "./length-normalization.js";
import type { Hypothesis, Listener, Search, Sentence, Steps } from "./search.js";

/** Options of a beam. */
export interface BeamOptions {
  /** Hypotheses that are kept of each sentence. */
  size: number;
  /** How many of them are wanted; matters to early stopping. Defaults to 1. */
  nBest?: number;
  lengthNormalization?: LengthNormalization;
  /** The divisor's exponent. */
  alpha?: number;
  /** GNMT's is 0.2. */
  coveragePenalty?: number;
  earlyStopping?: boolean;
  constraints?: Constraints;
  /** Hears of every hypothesis that is kept after a step. */
  record?: (node: BeamNode) => void;
}

/** A hypothesis that was kept after a step. One that has ended is told of once, where it ended. */
export interface BeamNode {
  sentence: number;
  step: number;
  slot: number;
  /** A slot at the step before; `null` at the first. */
  parent: number | null;
  token: number;
  score: number;
  finished: boolean;
}

/** What a hypothesis would become: one that has ended stays what it is. */
interface Candidate {
  score: number;
  parent: number;
  /** `undefined` of one that has ended. */
  id: number | undefined;
  total: number;
}

/** What a step says about the rows of one sentence. */
interface SentenceStep {
  logProbs: (slot: number) => Float32Array;
  weights: (slot: number) => Float32Array;
}

/**
 * Keeps the best hypotheses of each sentence from step to step; all rows of all sentences go through one call of the
 * step graph. A hypothesis Y of a source X is worth
 *
 *     score(X, Y) = log P(Y | X) / divisor(|Y|) + beta * sum_i log(min(sum_t weights_ti, 1))
 *
 * One that has ended keeps its place until so many are better. Early stopping: log P only falls and no divisor does, so
 * that once `nBest` that have ended score no less than any continuation could, the others are given up.
 *
 * Arithmetic in float32 and ties as in the other runtimes: those that have ended first, then the lower slot, then the
 * lower id.
 */
export class Beam implements Search {
  readonly paths: number;
  private readonly options: Required<BeamOptions>;

  constructor(options: BeamOptions) {
    const defaults = { nBest: 1, lengthNormalization: "mean", alpha: 1, coveragePenalty: 0, earlyStopping: true } as const;
    this.options = { ...defaults, constraints: new Constraints(), record: () => undefined, ...options };
    this.paths = options.size;
  }

  /** The same beam, which tells of every hypothesis that it keeps after a step. */
  recording(record: (node: BeamNode) => void): Beam {
    return new Beam({ ...this.options, record });
  }

  async find(steps: Steps, sentences: readonly Sentence[], { pause }: Listener = {}): Promise<Hypothesis[][]> {
    const { sourceTime } = steps;
    const size = this.paths;
    const coverage = this.options.coveragePenalty > 0 ? new Float32Array(sourceTime) : undefined;
    let beams: (Slot | undefined)[][] = sentences.map((sentence) => [firstSlot(sentence, coverage)]);
    const tokens = new Int32Array(sentences.length * size).fill(START_ID);
    for (let index = 0; beams.some((beam) => beam.some((slot) => slot?.alive)); index++) {
      await pause?.();
      const { log_probs, weights } = await steps.step(tokens, ["log_probs", "weights"]);
      const vocabulary = log_probs.shape[1]!;
      const parents = Int32Array.from(tokens.keys());
      beams = beams.map((beam, i) => {
        if (!beam.some((slot) => slot?.alive)) return beam;
        const row = (slot: number): number => i * size + slot;
        const said = {
          logProbs: (slot: number) => log_probs.data.subarray(row(slot) * vocabulary, (row(slot) + 1) * vocabulary),
          weights: (slot: number) => weights.data.slice(row(slot) * sourceTime, (row(slot) + 1) * sourceTime),
        } as SentenceStep;
        const kept = this.best(beam, said, sentences[i]!, index);
        kept.forEach(({ parent }, slot) => { parents[row(slot)] = row(parent); });
        const next = this.advanced(kept, beam, said, sentences[i]!, i, index);
        next.forEach((slot, place) => { tokens[row(place)] = slot?.ids.at(-1) ?? START_ID; });
        return next;
      });
      steps.reorder(parents);
    }
    return beams.map((beam, i) => beam
      .filter((slot) => slot !== undefined)
      .sort((a, b) => b.score - a.score)
      .map((slot) => slotHypothesis(slot, sentences[i]!)));
  }

  /** The best of all that have ended and all continuations. */
  private best(
    beam: readonly (Slot | undefined)[],
    said: SentenceStep,
    sentence: Sentence,
    index: number,
  ): Candidate[] {
    const { lengthNormalization, alpha, constraints, coveragePenalty } = this.options;
    const ended: Candidate[] = [];
    const longer: Candidate[] = [];
    const divisor = lengthDivisor(lengthNormalization, alpha, index + 1);
    for (const [parent, slot] of beam.entries()) {
      if (slot === undefined) continue;
      if (!slot.alive) {
        ended.push({ score: slot.score, parent, id: undefined, total: slot.total });
        continue;
      }
      const choices = constraints.apply(said.logProbs(parent), slot.ids, sentence);
      const extra = coveragePenalty > 0 ? this.coverageScore(covered(slot, said.weights(parent)), sentence) : 0;
      for (const id of bestChoices(choices, this.paths)) {
        const total = Math.fround(slot.total + choices[id]!);
        longer.push({ score: Math.fround(Math.fround(total / divisor) + extra), parent, id, total });
      }
    }
    // The sort is stable: among equals those that have ended win, which the bound of early stopping relies on.
    return [...ended, ...longer].sort((a, b) => b.score - a.score).slice(0, this.paths);
  }

  private advanced(
    kept: readonly Candidate[],
    beam: readonly (Slot | undefined)[],
    said: SentenceStep,
    sentence: Sentence,
    place: number,
    index: number,
  ): (Slot | undefined)[] {
    const next = kept.map(({ score, parent, id, total }, slot): Slot => {
      const from = beam[parent]!;
      if (id === undefined) return from;
      const weights = said.weights(parent);
      const alive = id !== END_ID && index + 1 < sentence.limit;
      const leaf = { before: from.leaf, id, logProb: said.logProbs(parent)[id]!, weights };
      this.options.record({
        sentence: place, step: index, slot, parent: index === 0 ? null : parent, token: id, score, finished: !alive,
      });
      return { alive, leaf, ids: [...from.ids, id], total, score, coverage: covered(from, weights) };
    });
    return this.options.earlyStopping && this.isSettled(next, sentence)
      ? next.map((slot) => (slot.alive ? undefined : slot))
      : next;
  }

  /** Whether as many as are wanted have ended that no continuation can overtake. */
  private isSettled(slots: readonly Slot[], { limit }: Sentence): boolean {
    const { lengthNormalization, alpha, nBest } = this.options;
    const divisor = lengthDivisor(lengthNormalization, alpha, limit);
    const bound = Math.max(...slots.filter(({ alive }) => alive).map(({ total }) => Math.fround(total / divisor)));
    return slots.filter(({ alive, score }) => !alive && score >= bound).length >= nBest;
  }

  /** beta * the sum over the source's positions of log(min(coverage, 1)). */
  private coverageScore(coverage: Float32Array | undefined, { sourceTokens }: Sentence): number {
    let sum = 0;
    for (const value of coverage?.subarray(0, sourceTokens) ?? []) {
      sum = Math.fround(sum + Math.fround(Math.log(Math.min(Math.max(value, Math.fround(1e-6)), 1))));
    }
    return Math.fround(Math.fround(this.options.coveragePenalty) * sum);
  }
}

function covered({ coverage }: Slot, weights: Float32Array): Float32Array | undefined {
  return coverage?.map((value, position) => value + weights[position]!);
}
