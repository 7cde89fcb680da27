import type { FunctionDescription, GraphDescription, NodeDescription } from "../formats.js";
import { Compiler } from "./compiler.js";
import type { Device } from "./device.js";
import type { Program } from "./program.js";
import type { Value } from "./value.js";
import type { Weights } from "./weights.js";

/** One exported graph, called by the names of its signature. */
export class Graph {
  private readonly constants: ReadonlyMap<string, Value>;
  private readonly nodes: readonly NodeDescription[];
  private readonly library: ReadonlyMap<string, FunctionDescription>;
  private readonly signature: GraphDescription["signature"];
  private readonly programs = new Map<string, Program>();

  constructor(description: GraphDescription, weights: Weights, readonly device: Device) {
    this.constants = weights.constants(description.weights);
    this.nodes = description.modelTopology.node;
    this.library = new Map(
      (description.modelTopology.library?.function ?? []).map((one) => [one.signature.name, one]));
    this.signature = description.signature;
  }

  /** Whether the graph has such an output. */
  gives(output: string): boolean {
    return output in this.signature.outputs;
  }

  /**
   * Computes `outputs` and nothing that they do not need. The inputs stay the caller's, the outputs become so: each is to
   * be released once.
   */
  run<Name extends string>(inputs: Readonly<Record<string, Value>>, outputs: readonly Name[]): Record<Name, Value> {
    const names = [...new Set(outputs)];
    const given = Object.keys(this.signature.inputs).map((name) => inputs[name]!);
    const values = this.program(names).run(this.device, given);
    return Object.fromEntries(names.map((name, index) => [name, values[index]!])) as Record<Name, Value>;
  }

  private program(outputs: readonly string[]): Program {
    const key = outputs.join();
    let program = this.programs.get(key);
    if (program === undefined) {
      const { inputs, outputs: places } = this.signature;
      program = Compiler.compile(this.nodes, Object.values(inputs).map(({ name }) => name.replace(/:0$/, "")),
        outputs.map((name) => places[name]!.name), this.constants, this.library);
      this.programs.set(key, program);
    }
    return program;
  }
}
