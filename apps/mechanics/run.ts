import type { Length } from "./moments.js";
import { visible } from "./notation.js";
import { phasesOf, type Phase } from "./phases.js";
import { largest } from "./pooling.js";
import type { LayerState, Matrix, Trace, TraceStep, Vector } from "./trace.js";
import { mergeWords, type Word } from "./words.js";

/** A trace, and what all views want to know of it. */
export class Run {
  readonly sourceTokens: readonly string[];
  readonly targetTokens: readonly string[];
  readonly sourceWords: readonly Word[];
  readonly targetWords: readonly Word[];
  readonly phases: readonly Phase[];
  readonly length: Length;
  readonly attends: boolean;
  readonly layers: number;
  /** (steps, source) attention weights, or null. */
  readonly weights: Matrix | null;
  /** The ends of the colour scales. Hidden states share one, so that strips can be compared. */
  readonly limits: Readonly<Record<"state" | "embedding" | "score" | "coverage", number>>;

  constructor(readonly trace: Trace) {
    this.sourceTokens = labels(trace);
    this.targetTokens = trace.target_tokens;
    this.sourceWords = trace.kind === "text" ? mergeWords(this.sourceTokens) : single(this.sourceTokens);
    this.targetWords = mergeWords(this.targetTokens);
    this.phases = phasesOf(trace);
    this.length = { source: this.sourceTokens.length, steps: trace.steps.length, phases: this.phases.length };
    this.attends = trace.attend_order !== null;
    this.layers = trace.initial_state.length;
    this.weights = this.attends ? trace.steps.map((step) => step.weights!) : null;
    this.limits = {
      state: largest(statesOf(trace)) || 1,
      embedding: largest([...trace.source_embeddings, ...trace.steps.map((step) => step.input_embedding)]) || 1,
      score: largest(trace.steps.map((step) => (step.scores ?? []).filter((score) => score > -29_000))) || 1,
      // 0 where the attention does not keep count.
      coverage: largest(trace.steps.map((step) => step.coverage ?? [])),
    };
  }

  get hasWords(): boolean {
    return this.sourceWords.length < this.sourceTokens.length || this.targetWords.length < this.targetTokens.length;
  }

  /** A target token as it stands in the text: a space where there is one, nothing for the end token. */
  spelled(index: number): string {
    const token = this.targetTokens[index]!;
    if (token === "</s>") return "";
    return (index > 0 ? this.separator : "") + token.replace(/▁/g, index > 0 ? " " : "");
  }

  /** The positions where the encoder ends: its last states are what the decoder is given. */
  get ends(): number[] {
    const { forward, backward } = this.trace.encoder_states;
    return [...(forward === null ? [] : [this.length.source - 1]), ...(backward === null ? [] : [0])];
  }

  /** Whether the decoder begins with something of the source; else its first state is 0. */
  get handsOver(): boolean {
    return this.trace.initial_state.some(({ hidden, cell }) => [...hidden, ...(cell ?? [])].some((value) => value !== 0));
  }

  step(index: number): TraceStep {
    return this.trace.steps[index]!;
  }

  /** A layer by its number, -1 for the top one; one that the model lacks gives the top one. */
  layer(chosen: number): number {
    return chosen >= 0 && chosen < this.layers ? chosen : this.layers - 1;
  }

  /** The decoder's state after `steps` steps. */
  stateAfter(steps: number, layer: number): LayerState {
    return steps === 0 ? this.trace.initial_state[layer]! : this.step(steps - 1).state[layer]!;
  }

  /** The encoder's states of the chosen layer; the top one where it has fewer. */
  encoderStates(direction: "forward" | "backward", layer: number): Matrix | null {
    const states = this.trace.encoder_states[direction];
    return states === null ? null : states[Math.min(this.layer(layer), states.length - 1)]!;
  }

  /** Where the source ends up at one position: what a decoder with attention looks at. */
  value(position: number): Vector {
    return this.trace.encoder_states.values[position]!;
  }

  /** The source position with the largest weight at a step. */
  focus(step: number): number {
    const weights = this.step(step).weights ?? [];
    return weights.reduce((best, weight, index) => (weight > weights[best]! ? index : best), 0);
  }

  /** Words stand apart; characters and pieces say themselves where a space is. */
  private get separator(): string {
    const tokens = this.targetTokens.filter((token) => token !== "</s>");
    const whole = tokens.every((token) => !token.startsWith("▁") && !/^\s+$/u.test(token));
    return whole && tokens.some((token) => [...token].length > 2) ? " " : "";
  }
}

function labels(trace: Trace): readonly string[] {
  const { tokens, frames, grid } = trace.source;
  if (tokens !== null) return tokens;
  if (frames !== null) return frames.map(([start]) => `${start.toFixed(2)} s`);
  return (grid ?? trace.encoder_states.values).map((_, index) => String(index + 1));
}

function single(tokens: readonly string[]): Word[] {
  return tokens.map((text, index) => ({ text: visible(text), tokens: [index] }));
}

function* statesOf(trace: Trace): Generator<Vector> {
  yield* trace.encoder_states.values;
  for (const direction of [trace.encoder_states.forward, trace.encoder_states.backward]) {
    for (const layer of direction ?? []) yield* layer;
  }
  for (const layer of trace.initial_state) yield layer.hidden;
  for (const step of trace.steps) for (const layer of step.state) yield layer.hidden;
}
