import { UserError } from "../errors.js";
import type { FunctionDescription, NodeDescription } from "../formats.js";
import { attributesOf, type Instruction } from "./instruction.js";
import { HostValue } from "./host-value.js";
import { Loop } from "./loop.js";
import { OPERATIONS } from "./operations/index.js";
import type { Operation } from "./operations/operation.js";
import { Program } from "./program.js";
import type { Value } from "./value.js";

/** A node and which of its results: `name`, `name:1`; in functions `name:output:1`. */
function reference(text: string): [name: string, index: number] {
  const parts = text.split(":");
  return [parts[0]!, parts.length > 1 ? Number(parts.at(-1)) : 0];
}

/** Turns nodes that name each other into a list of instructions on numbered places. Only what the results need is in it. */
export class Compiler {
  private readonly places = new Map<string, number>();
  private readonly constants = new Map<number, Value>();
  private readonly instructions: Omit<Instruction, "frees">[] = [];
  private readonly done = new Set<string>();
  private readonly nodes: ReadonlyMap<string, NodeDescription>;

  private constructor(
    nodes: readonly NodeDescription[],
    private readonly parameters: readonly string[],
    private readonly weights: ReadonlyMap<string, Value>,
    private readonly library: ReadonlyMap<string, FunctionDescription>,
  ) {
    this.nodes = new Map(nodes.map((node) => [node.name, node]));
    for (const name of parameters) this.done.add(name);
  }

  /** The program from `parameters` (names of nodes or arguments) to `results` (references). */
  static compile(
    nodes: readonly NodeDescription[],
    parameters: readonly string[],
    results: readonly string[],
    weights: ReadonlyMap<string, Value>,
    library: ReadonlyMap<string, FunctionDescription>,
  ): Program {
    const compiler = new Compiler(nodes, parameters, weights, library);
    for (const result of results) compiler.require(reference(result)[0]);
    return compiler.program(results.map((result) => compiler.place(result)));
  }

  private function(name: string): Program {
    const { signature, nodeDef = [], ret } = this.library.get(name)!;
    return Compiler.compile(nodeDef, (signature.inputArg ?? []).map((argument) => argument.name),
      signature.outputArg.map((output) => ret[output.name]!), this.weights, this.library);
  }

  private place(text: string): number {
    const key = reference(text).join(":");
    const found = this.places.get(key) ?? this.places.size;
    this.places.set(key, found);
    return found;
  }

  /** Adds a node after all that it needs. Graphs have thousands of nodes in a row: the stack is our own. */
  private require(wanted: string): void {
    const stack = [wanted];
    while (stack.length > 0) {
      const name = stack.at(-1)!;
      const node = this.nodes.get(name);
      if (this.done.has(name)) {
        stack.pop();
        continue;
      }
      if (node === undefined) throw damaged(`it has no node ${name}`);
      const inputs = (node.input ?? []).filter((input) => !input.startsWith("^"));
      const missing = inputs.map((input) => reference(input)[0]).filter((input) => !this.done.has(input));
      if (missing.length > 0) {
        stack.push(...missing);
        continue;
      }
      this.done.add(name);
      stack.pop();
      this.add(node, inputs);
    }
  }

  private add(node: NodeDescription, inputs: readonly string[]): void {
    if (node.op === "Const") {
      const value = this.weights.get(node.name);
      if (value === undefined) throw damaged(`its constant ${node.name} has no numbers`);
      this.constants.set(this.place(node.name), value);
      return;
    }
    if (node.op === "Placeholder") throw damaged(`its input ${node.name} is not in its signature`);
    const attributes = attributesOf(node);
    const operation = this.operation(node, attributes);
    const sources = inputs.map((input) => this.place(input));
    const count = node.op === "Split" ? (attributes["num_split"] as number) : operation instanceof Loop ? inputs.length : 1;
    const outputs = Array.from({ length: count }, (_, index) => this.place(`${node.name}:${index}`));
    const known = sources.map((place) => this.constants.get(place));
    if (operation.host !== undefined && known.every((value) => value instanceof HostValue)) {
      const found = operation.host(known, attributes);
      if (found instanceof HostValue) {
        found.lasting = known.some((value) => value.lasting);
        this.constants.set(outputs[0]!, found);
        return;
      }
    }
    this.instructions.push({ name: node.name, operation, attributes, inputs: sources, outputs });
  }

  private operation({ name, op }: NodeDescription, attributes: Readonly<Record<string, unknown>>): Operation {
    if (op === "StatelessWhile" || op === "While") {
      return new Loop(this.function(attributes["cond"] as string), this.function(attributes["body"] as string));
    }
    const operation = OPERATIONS.get(op);
    if (operation === undefined) throw damaged(`the operation ${op} (${name}) is unknown to this runtime`);
    return operation;
  }

  private program(results: readonly number[]): Program {
    const kept = new Set([...results, ...this.constants.keys()]);
    for (const name of this.parameters) kept.add(this.place(name));
    // From the end to the beginning: whoever is met first reads a value last.
    const instructions = [...this.instructions].reverse().map((instruction): Instruction => {
      const touched = new Set([...instruction.inputs, ...instruction.outputs]);
      const frees = [...touched].filter((place) => !kept.has(place));
      for (const place of frees) kept.add(place);
      return { ...instruction, frees };
    }).reverse();
    const parameters = this.parameters.map((name) => this.place(name));
    return new Program(this.places.size, parameters, this.constants, instructions, results);
  }
}

function damaged(what: string): UserError {
  return new UserError(`The model's graph cannot be read: ${what}`,
    "Page and model must come from the same version of keras_s2s", "Export the model again");
}
