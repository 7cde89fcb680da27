import {
  cast, clone, dispose, gather, type NamedTensorMap, type Tensor, tensor1d, tensor2d, tidy, zeros,
} from "@tensorflow/tfjs-core";
import { pad, type SourceRow } from "../batch.js";
import type { Config } from "../formats.js";
import type { Graph } from "../graph.js";

/** A tensor's numbers, row by row, read off the device. Bools come as 0 and 1. */
export interface Values {
  data: Float32Array | Int32Array | Uint8Array;
  shape: number[];
}

/** Attention rows that take the place of the model's own: `weights` (rows, Tx), `use` (rows,) says where. */
export interface Override {
  weights: Float32Array;
  use: Uint8Array;
}

/** The two graphs of a model that a search runs. */
export interface StepGraphs {
  encode: Graph;
  step: Graph;
}

/**
 * One encoded batch on the device, and how far its decoder is. Searches and traces step it on.
 *
 * Rows are paths: each source row stands `paths` times side by side, so that the row of path p of source s is
 * `s * paths + p`. Who makes a run disposes it.
 */
export class Run {
  private state: NamedTensorMap;
  private memory: NamedTensorMap;

  private constructor(
    private readonly stepGraph: Graph,
    private readonly config: Config,
    /** Paths of all sources. */
    readonly rows: number,
    /** Source tokens of the longest source, Tx: what `weights` and the memory's mask have for each row. */
    readonly sourceTime: number,
    encodedTensors: NamedTensorMap,
    /** What was asked for of `encode`'s outputs, a row for each source. */
    readonly encoded: Readonly<Record<string, Values>>,
  ) {
    // Of its own, should the graph give memory and state one tensor: each is freed when it is replaced.
    this.state = tidy(() => mapTensors(pick(encodedTensors, config.state), clone));
    this.memory = {
      ...pick(encodedTensors, config.memory),
      // No row's attention is overridden unless a step says so.
      [WEIGHTS]: zeros([rows, sourceTime]),
      [USE]: zeros([rows], "bool"),
    };
  }

  /**
   * Encodes sources; the first step is still to come.
   *
   * @param paths - how many rows each source has, side by side.
   * @param outputs - more of `encode`'s outputs, to be read into `encoded`.
   */
  static async begin(
    graphs: StepGraphs,
    config: Config,
    sources: readonly SourceRow[],
    paths = 1,
    outputs: readonly string[] = [],
  ): Promise<Run> {
    const { ids, shape } = pad(sources, config.padding_id);
    const source = tensor2d(ids, shape, "int32");
    const carried = [...config.memory, ...config.state];
    const names = [...new Set([...carried, ...outputs])];
    const tensors = await graphs.encode.runLoop({ source }, names).finally(() => source.dispose());
    let spread: NamedTensorMap = {};
    try {
      const encoded = await read(tensors, outputs);
      spread = paths === 1 ? pick(tensors, carried) : repeated(pick(tensors, carried), shape[0], paths);
      return new Run(graphs.step, config, shape[0] * paths, shape[1], spread, encoded);
    } finally {
      disposeExcept(tensors, pick(spread, config.memory));
      disposeExcept(spread, pick(spread, config.memory));
    }
  }

  /**
   * One time step of every row.
   *
   * @param tokens - (rows,) each row's previous token.
   * @param outputs - what to read of the graph's outputs: `log_probs` (rows, vocabulary), `weights` (rows, Tx), ...
   *   Those that are not asked for are not computed.
   */
  async step<Name extends string>(
    tokens: Int32Array,
    outputs: readonly Name[],
    override?: Override,
  ): Promise<Record<Name, Values>> {
    const given: NamedTensorMap = { token: tensor1d(tokens, "int32") };
    if (override !== undefined) {
      given[WEIGHTS] = tensor2d(override.weights, [this.rows, this.sourceTime]);
      given[USE] = tensor1d(override.use, "bool");
    }
    const previous = this.state;
    let found: NamedTensorMap;
    try {
      const names = [...new Set([...outputs, ...this.config.state])];
      found = this.stepGraph.run({ ...previous, ...this.memory, ...given }, names);
    } finally {
      dispose(given);
    }
    this.state = pick(found, this.config.state);
    try {
      return await read(found, outputs);
    } finally {
      disposeExcept({ ...found }, this.state);
      disposeExcept(previous, this.state);
    }
  }

  /** Row i goes on from the state of row `parents[i]`, which has the same source. */
  reorder(parents: Int32Array): void {
    if (parents.every((parent, row) => parent === row)) return;
    const previous = this.state;
    this.state = tidy(() => {
      const places = tensor1d(parents, "int32");
      return mapTensors(previous, (values) => gatherRows(values, places));
    });
    dispose(previous);
  }

  /** Replaces the memory's mask, (rows, Tx), 1 where there is something to look at: mutes source positions. */
  mask(values: Uint8Array): void {
    const previous = this.memory[MASK];
    this.memory[MASK] = tensor2d(values, [this.rows, this.sourceTime], "bool");
    previous?.dispose();
  }

  dispose(): void {
    dispose(this.state);
    dispose(this.memory);
  }
}

/** Names of the step graph's inputs. */
const WEIGHTS = "attention_override";
const USE = "use_override";
const MASK = "memory.mask";

/** Starts all transfers before it waits for one. */
async function read<Name extends string>(tensors: NamedTensorMap, names: readonly Name[]): Promise<Record<Name, Values>> {
  const data = await Promise.all(names.map((name) => tensors[name]!.data()));
  const values = names.map((name, i): [Name, Values] => [name, { data: data[i]!, shape: [...tensors[name]!.shape] }]);
  return Object.fromEntries(values) as Record<Name, Values>;
}

function repeated(tensors: NamedTensorMap, sources: number, paths: number): NamedTensorMap {
  return tidy(() => {
    const places = tensor1d(Int32Array.from({ length: sources * paths }, (_, row) => Math.floor(row / paths)), "int32");
    return mapTensors(tensors, (values) => gatherRows(values, places));
  });
}

/** Not every backend gathers bools. */
function gatherRows(values: Tensor, places: Tensor): Tensor {
  if (values.dtype !== "bool") return gather(values, places);
  return cast(gather(cast(values, "int32"), places), "bool");
}

function mapTensors(tensors: NamedTensorMap, change: (values: Tensor) => Tensor): NamedTensorMap {
  return Object.fromEntries(Object.entries(tensors).map(([name, values]) => [name, change(values)]));
}

function pick(tensors: NamedTensorMap, names: readonly string[]): NamedTensorMap {
  return Object.fromEntries(names.flatMap((name) => (tensors[name] === undefined ? [] : [[name, tensors[name]]])));
}

/** A graph may hand a tensor through unchanged: what lives on in `kept` stays. */
function disposeExcept(tensors: NamedTensorMap, kept: NamedTensorMap): void {
  const keptTensors = new Set(Object.values(kept));
  for (const values of Object.values(tensors)) if (!keptTensors.has(values)) values.dispose();
}
