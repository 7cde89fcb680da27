import { GraphModel } from "@tensorflow/tfjs-converter";
import { type NamedTensorMap, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { GraphDescription } from "./formats.js";
import { decodeWeight, type Weight } from "./weights.js";

/** One converted graph, called by the names of its signature. */
export class Graph {
  private constructor(
    private readonly model: GraphModel,
    private readonly signature: GraphDescription["signature"],
  ) {}

  static async load(description: GraphDescription, stored: Uint8Array): Promise<Graph> {
    const { modelTopology, signature, weights } = description;
    const decoded = weights.map((place) => decodeWeight(place, stored));
    const artifacts = {
      format: "graph-model",
      modelTopology,
      weightSpecs: decoded.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
      weightData: joined(decoded),
    };
    const model = new GraphModel({ load: async () => artifacts });
    await model.load();
    return new Graph(model, signature);
  }

  /** A graph without loops: runs at once. The caller owns the outputs. */
  run(inputs: NamedTensorMap, outputs: readonly string[]): NamedTensorMap {
    return tidy(() => this.name(this.model.execute(this.feeds(inputs), this.fetches(outputs)), outputs));
  }

  /** A graph with a loop. The caller owns the outputs. */
  async runLoop(inputs: NamedTensorMap, outputs: readonly string[]): Promise<NamedTensorMap> {
    return this.name(await this.model.executeAsync(this.feeds(inputs), this.fetches(outputs)), outputs);
  }

  dispose(): void {
    this.model.dispose();
  }

  private feeds(inputs: NamedTensorMap): NamedTensorMap {
    const places = this.signature.inputs;
    return Object.fromEntries(Object.entries(places).map(([name, place]) => [place.name, inputs[name]!]));
  }

  private fetches(outputs: readonly string[]): string[] {
    return outputs.map((name) => this.signature.outputs[name]!.name);
  }

  private name(tensors: Tensor | Tensor[], outputs: readonly string[]): NamedTensorMap {
    const list = Array.isArray(tensors) ? tensors : [tensors];
    return Object.fromEntries(outputs.map((name, i) => [name, list[i]!]));
  }
}

function joined(weights: readonly Weight[]): ArrayBuffer {
  const bytes = new Uint8Array(weights.reduce((sum, { data }) => sum + data.byteLength, 0));
  let position = 0;
  for (const { data } of weights) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes.buffer;
}
