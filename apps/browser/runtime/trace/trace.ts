/**
 * A trace: every tensor of one run, as Python and the browser write it. What a model lacks is `null`; numbers have six
 * significant digits. What each field means stands in `keras_s2s/trace.schema.json`.
 */
export type Vector = readonly number[];
export type Matrix = readonly Vector[];

export interface LayerState { readonly hidden: Vector; readonly cell: Vector | null }
export type Gates = Readonly<Record<string, Vector>>;
export interface Choice { readonly token: string; readonly probability: number }

export interface TraceStep {
  readonly input_token: string;
  readonly input_embedding: Vector;
  readonly previous_state: readonly LayerState[];
  readonly query: Vector | null;
  readonly scores: Vector | null;
  readonly weights: Vector | null;
  readonly context: Vector | null;
  readonly coverage: Vector | null;
  readonly state: readonly LayerState[];
  readonly gates: readonly Gates[] | null;
  readonly attention_vector: Vector;
  readonly top_k: readonly Choice[];
  readonly token: string;
  readonly overridden: readonly ("token" | "weights" | "mask")[] | null;
}

export interface BeamNode {
  readonly step: number;
  readonly slot: number;
  readonly parent: number | null;
  readonly token: string;
  readonly score: number;
  readonly finished: boolean;
}

export interface Trace {
  readonly schema_version: 1;
  readonly model: string;
  readonly kind: "text" | "audio" | "image";
  readonly source: {
    readonly text: string | null;
    readonly tokens: readonly string[] | null;
    /** Only the beginning of the text was read. Traces that were written earlier do not say it. */
    readonly truncated?: boolean | null;
    readonly frames: readonly (readonly [number, number])[] | null;
    readonly grid: readonly (readonly [number, number, number, number])[] | null;
    readonly picture: string | null;
  };
  readonly target_tokens: readonly string[];
  readonly attend_order: "after" | "before" | null;
  readonly context_use: "initial" | "every_step" | "both" | "input_feeding" | null;
  readonly readout: "attention_vector" | "deep" | "state";
  readonly cell: "simple_rnn" | "gru" | "lstm";
  readonly score_formula: string | null;
  readonly source_embeddings: Matrix;
  readonly encoder_states: {
    readonly forward: readonly Matrix[] | null;
    readonly backward: readonly Matrix[] | null;
    readonly values: Matrix;
  };
  readonly initial_state: readonly LayerState[];
  readonly steps: readonly TraceStep[];
  readonly beam: readonly BeamNode[] | null;
}
