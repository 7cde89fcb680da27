import type { Trace, TraceStep } from "../../../mechanics/trace.js";

/** A trace of so many source tokens and steps with invented numbers, which a test changes where it looks. */
export function madeUp(source: readonly string[], target: readonly string[], change: Partial<Trace> = {}): Trace {
  const vector = (seed: number): number[] => [0, 1, 2].map((unit) => Math.sin(seed * 3 + unit));
  const state = (seed: number): Trace["initial_state"] => [{ hidden: vector(seed), cell: null }];
  const steps = target.map((token, index): TraceStep => ({
    input_token: index === 0 ? "<s>" : target[index - 1]!, input_embedding: vector(index), previous_state: state(index),
    query: vector(index + 1), scores: source.map((_, position) => (position === index % source.length ? 2 : 0)),
    weights: source.map((_, position) => (position === index % source.length ? 1 : 0)), context: vector(index),
    coverage: null, state: state(index + 1), gates: null, attention_vector: vector(index),
    top_k: [{ token, probability: 0.75 }], token, overridden: null,
  }));
  return {
    schema_version: 1, model: "made-up", kind: "text",
    source: { text: source.join(""), tokens: source, frames: null, grid: null, picture: null },
    target_tokens: target, attend_order: "after", context_use: null, readout: "attention_vector", cell: "simple_rnn",
    score_formula: "dot", source_embeddings: source.map((_, index) => vector(index)),
    encoder_states: { forward: [source.map((_, index) => vector(index))], backward: null,
      values: source.map((_, index) => vector(index)) },
    initial_state: state(0), steps, beam: null, ...change,
  };
}
