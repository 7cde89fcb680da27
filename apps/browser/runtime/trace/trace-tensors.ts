import type { Config } from "../formats.js";
import type { Values } from "../search/run.js";
import { matrix, vector } from "./numbers.js";
import type { Gates, LayerState, Matrix, Trace, TraceStep, Vector } from "./trace.js";

/** Tensors by name, read off the device, with one row each. */
export type Tensors = Readonly<Record<string, Values>>;

/** Names of the tensors of a model's traces, and how they are read. */
export class TraceTensors {
  /** Outputs of `encode`. */
  readonly ofEncode: readonly string[];
  /** Outputs of `step`. */
  readonly ofStep: readonly string[];

  constructor(private readonly config: Config) {
    const { layers, encoder_layers, directions, gates, attend_order, context_use } = config.trace;
    const states = encoder_layers.flatMap((layer) => directions.map((direction) => encoderState(layer, direction)));
    this.ofEncode = ["trace.embeddings", "trace.values", ...states, ...config.state];
    const attention = attend_order === null ? [] : ["trace.query", "trace.scores", "weights"];
    const context = context_use === "initial" ? [] : ["trace.context"];
    const allGates = layers.flatMap((layer) => (gates ?? []).map((gate) => gateOf(layer, gate)));
    this.ofStep = [
      "log_probs", "trace.input_embedding", "trace.attention_vector", ...attention, ...context, ...allGates,
      ...config.state,
    ];
  }

  /** What a trace has of the encoder. */
  encoder(tensors: Tensors): Pick<Trace, "source_embeddings" | "encoder_states"> {
    return {
      source_embeddings: matrix(tensors["trace.embeddings"]!),
      encoder_states: {
        forward: this.encoderStates(tensors, "forward"),
        backward: this.encoderStates(tensors, "backward"),
        values: matrix(tensors["trace.values"]!),
      },
    };
  }

  /** What a trace's step has of the step graph's outputs. */
  step(tensors: Tensors): Pick<
    TraceStep,
    "input_embedding" | "query" | "scores" | "weights" | "context" | "coverage" | "state" | "gates" | "attention_vector"
  > {
    const { layers, gates, attend_order } = this.config.trace;
    const found = (name: string): Vector | null => (tensors[name] === undefined ? null : vector(tensors[name]));
    return {
      input_embedding: vector(tensors["trace.input_embedding"]!),
      query: found("trace.query"),
      scores: found("trace.scores"),
      weights: attend_order === null ? null : found("weights"),
      context: found("trace.context"),
      coverage: found("state.coverage"),
      state: this.layers(tensors),
      gates: gates === null ? null : layers.map((layer): Gates => Object.fromEntries(
        gates.map((gate) => [gate, vector(tensors[gateOf(layer, gate)]!)]))),
      attention_vector: vector(tensors["trace.attention_vector"]!),
    };
  }

  /** The state of the decoder's layers, from outputs of either graph. */
  layers(tensors: Tensors): LayerState[] {
    return this.config.trace.layers.map((layer) => {
      const cell = tensors[`state.cells.${layer}.cell`];
      return {
        hidden: vector(tensors[`state.cells.${layer}.hidden`]!),
        cell: cell === undefined ? null : vector(cell),
      };
    });
  }

  private encoderStates(tensors: Tensors, direction: "forward" | "backward"): Matrix[] | null {
    const { encoder_layers, directions } = this.config.trace;
    if (!directions.includes(direction)) return null;
    return encoder_layers.map((layer) => matrix(tensors[encoderState(layer, direction)]!));
  }
}

function encoderState(layer: string, direction: string): string {
  return `trace.states.${layer}.${direction}`;
}

function gateOf(layer: string, gate: string): string {
  return `trace.gates.${layer}.${gate}`;
}
