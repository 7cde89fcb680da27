import { pad, type SourceRow } from "../batch.js";
import type { Config } from "../formats.js";
import type { Device } from "../graph/device.js";
import { gatherRows } from "../graph/gather-rows.js";
import type { Graph } from "../graph/graph.js";
import { HostValue } from "../graph/host-value.js";
import type { Numbers, Value } from "../graph/value.js";

/** A tensor's numbers, row by row, read off the device. Bools come as 0 and 1. */
export interface Values {
  data: Numbers;
  shape: number[];
}

/** Attention rows that take the place of the model's own: `weights` (rows, Tx), `use` (rows,) says where. */
export interface Override {
  weights: Float32Array;
  use: Uint8Array;
}

/** The two graphs of a model that a search runs. */
export interface StepGraphs {
  readonly encode: Graph;
  readonly step: Graph;
}

type NamedValues = Record<string, Value>;

/**
 * One encoded batch on the device, and how far its decoder is. Searches and traces step it on.
 *
 * Rows are paths: each source row stands `paths` times side by side, so that the row of path p of source s is
 * `s * paths + p`. Who makes a run disposes it.
 */
export class Run {
  private readonly device: Device;

  private constructor(
    private readonly stepGraph: Graph,
    private readonly config: Config,
    /** Paths of all sources. */
    readonly rows: number,
    /** Source tokens of the longest source, Tx: what `weights` and the memory's mask have for each row. */
    readonly sourceTime: number,
    private readonly memory: NamedValues,
    private state: NamedValues,
    /** What was asked for of `encode`'s outputs, a row for each source. */
    readonly encoded: Readonly<Record<string, Values>>,
  ) {
    this.device = stepGraph.device;
    // No row's attention is overridden unless a step says so.
    this.memory[WEIGHTS] = HostValue.of("float32", [rows, sourceTime]);
    this.memory[USE] = HostValue.of("bool", [rows]);
  }

  /**
   * Encodes sources; the first step is still to come.
   *
   * @param paths - how many rows each source has, side by side.
   * @param outputs - more of `encode`'s outputs, to be read into `encoded`.
   */
  static async begin(
    { encode, step }: StepGraphs,
    config: Config,
    sources: readonly SourceRow[],
    paths = 1,
    outputs: readonly string[] = [],
  ): Promise<Run> {
    const { ids, shape } = pad(sources, config.padding_id);
    const found = encode.run({ source: HostValue.of("int32", shape, ids) },
      [...config.memory, ...config.state, ...outputs]);
    try {
      const encoded = await read(encode.device, found, outputs);
      const rows = Int32Array.from({ length: shape[0] * paths }, (_, row) => Math.floor(row / paths));
      const spread = (names: readonly string[]): NamedValues => mapped(pick(found, names), (value) =>
        (paths === 1 ? value.retain() : gatherRows(encode.device, value, rows)));
      return new Run(step, config, rows.length, shape[1], spread(config.memory), spread(config.state), encoded);
    } finally {
      release(found);
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
    const given: NamedValues = { ...this.state, ...this.memory, token: HostValue.of("int32", [this.rows], tokens) };
    if (override !== undefined) {
      given[WEIGHTS] = HostValue.of("float32", [this.rows, this.sourceTime], override.weights);
      given[USE] = HostValue.of("bool", [this.rows], override.use);
    }
    const found = this.stepGraph.run(given, [...outputs, ...this.config.state]);
    this.replaceState(mapped(pick(found, this.config.state), (value) => value.retain()));
    try {
      return await read(this.device, found, outputs);
    } finally {
      release(found);
    }
  }

  /** Row i goes on from the state of row `parents[i]`, which has the same source. */
  reorder(parents: Int32Array): void {
    if (parents.every((parent, row) => parent === row)) return;
    this.replaceState(mapped(this.state, (value) => gatherRows(this.device, value, parents)));
  }

  /** Replaces the memory's mask, (rows, Tx), 1 where there is something to look at: mutes source positions. */
  mask(values: Uint8Array): void {
    this.memory[MASK]?.release();
    this.memory[MASK] = HostValue.of("bool", [this.rows, this.sourceTime], values);
  }

  dispose(): void {
    release(this.state);
    release(this.memory);
  }

  private replaceState(state: NamedValues): void {
    release(this.state);
    this.state = state;
  }
}

/** Names of the step graph's inputs. */
const WEIGHTS = "attention_override";
const USE = "use_override";
const MASK = "memory.mask";

/** Starts all transfers before it waits for one. */
async function read<Name extends string>(
  device: Device,
  values: Readonly<NamedValues>,
  names: readonly Name[],
): Promise<Record<Name, Values>> {
  const data = await Promise.all(names.map((name) => device.read(values[name]!))).finally(() => device.freeUploads());
  const found = names.map((name, index): [Name, Values] => [name, { data: data[index]!, shape: [...values[name]!.shape] }]);
  return Object.fromEntries(found) as Record<Name, Values>;
}

function mapped(values: Readonly<NamedValues>, change: (value: Value) => Value): NamedValues {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

function pick(values: Readonly<NamedValues>, names: readonly string[]): NamedValues {
  return Object.fromEntries(names.map((name) => [name, values[name]!]));
}

function release(values: Readonly<NamedValues>): void {
  for (const value of Object.values(values)) value.release();
}
