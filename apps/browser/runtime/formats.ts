/** The files of a bundle (`model/`), as the exporter writes them. Format version 2. */

import type { Trace } from "./trace/trace.js";

/** manifest.json: every other file with its size and SHA-256. */
export interface Manifest {
  format_version: number;
  name: string;
  /** What the numbers of the weights are. The runtime computes in float32 from them. */
  weights: "float32" | "float16" | "uint8";
  /** How many weights the model has. */
  parameters: number;
  /** All files but this one together. */
  bytes: number;
  files: Record<string, { bytes: number; sha256: string }>;
}

/** config.json: what the runtime must know about the model. */
export interface Config {
  format_version: number;
  name: string;
  kind: string;
  max_source_tokens: number;
  target_length: { factor: number; offset: number; maximum: number };
  padding_id: number;
  unknown_id: number;
  start_id: number;
  end_id: number;
  memory: string[];
  state: string[];
  source_vocabulary_size: number;
  target_vocabulary_size: number;
  parameters: number;
  description: string;
  examples: string[];
  trace: TraceDescription;
}

/** What a trace says of the model, and how its tensors are named. */
export interface TraceDescription extends Pick<
  Trace, "attend_order" | "context_use" | "readout" | "cell" | "score_formula"
> {
  /** Names of the decoder's layers, the first below. */
  layers: string[];
  encoder_layers: string[];
  directions: ("forward" | "backward")[];
  /** Names of the gates of each layer of the decoder. */
  gates: string[] | null;
  /** What the first step reads: the start token or, as if it followed the source, the end token. */
  first_input: "start" | "end";
  /** Whether the attention's own rows may add up to less than 1. */
  sums_to_less: boolean;
}

/** One side of tokenizer.json. */
export interface TokenizerDescription {
  type: "character" | "word" | "sentencepiece";
  normalization: {
    unicode: "NFC";
    spaces: string;
    lowercase: boolean;
    lowercase_map: Record<string, string>;
  };
  vocabulary: string[];
  punctuation?: string;
  scores?: number[];
  unknown_score?: number;
}

/** tokenizer.json. */
export interface TokenizerFile {
  format_version: number;
  source: TokenizerDescription;
  target: TokenizerDescription;
}

/**
 * A tensor and its places in weights.bin, which tensors share. `float16` halves a float32 tensor without loss; of a uint8
 * one the bytes are the scales of the lanes along `axis` (float32, in the order of the other axes), their minima, and the
 * numbers. Of a transposed one they are those of the matrix with rows and columns exchanged.
 */
export interface WeightPlace {
  name: string;
  shape: number[];
  dtype: "float32" | "int32" | "bool";
  /** `[offset, bytes]`, which follow each other. */
  ranges: [number, number][];
  quantization?: { dtype: "float16" } | { dtype: "uint8"; axis: number };
  transposed?: boolean;
}

/** decode.json, encode.json, step.json. `signature` maps the contract's names to the graph's tensors. */
export interface GraphDescription {
  format: "graph-model";
  modelTopology: { node: NodeDescription[]; library?: { function?: FunctionDescription[] } };
  signature: Record<"inputs" | "outputs", Record<string, { name: string }>>;
  weights: WeightPlace[];
}

/** A node of a graph as it is stored. */
export interface NodeDescription {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, AttributeDescription>;
}

export interface AttributeDescription {
  i?: string | number;
  b?: boolean;
  f?: number;
  s?: string;
  type?: string | number;
  func?: { name: string };
  list?: { i?: (string | number)[]; s?: string[] };
}

/** A function of a graph's library: a loop's condition or body. */
export interface FunctionDescription {
  signature: { name: string; inputArg?: { name: string }[]; outputArg: { name: string }[] };
  nodeDef?: NodeDescription[];
  ret: Record<string, string>;
}
