import { beforeEach, describe, expect, test } from "vitest";
import { UserError } from "../../runtime/errors.js";
import type { FunctionDescription, NodeDescription } from "../../runtime/formats.js";
import { Compiler } from "../../runtime/graph/compiler.js";
import type { Device } from "../../runtime/graph/device.js";
import type { DeviceValue } from "../../runtime/graph/device-value.js";
import { HostValue } from "../../runtime/graph/host-value.js";
import type { Program } from "../../runtime/graph/program.js";
import type { Value } from "../../runtime/graph/value.js";
import { deviceOn, floats, integers, living, numbersIn } from "./backends.js";

let device: Device;
beforeEach(async () => { device = await deviceOn("cpu"); });

const node = (name: string, op: string, ...input: string[]): NodeDescription => ({ name, op, input });

function compiled(
  nodes: readonly NodeDescription[],
  parameters: readonly string[],
  results: readonly string[],
  constants: Readonly<Record<string, Value>> = {},
  functions: readonly FunctionDescription[] = [],
): Program {
  const constantNodes = Object.keys(constants).map((name) => node(name, "Const"));
  return Compiler.compile([...nodes, ...constantNodes], parameters, results, new Map(Object.entries(constants)),
    new Map(functions.map((one) => [one.signature.name, one])));
}

function uploaded(shape: readonly number[], ...numbers: number[]): DeviceValue {
  return device.upload(floats(shape, ...numbers));
}

/** Runs it, gives numbers, and frees what it was given and gave. */
function numbersOf(program: Program, inputs: readonly Value[]): number[][] {
  const found = program.run(device, inputs);
  const numbers = found.map((value) => numbersIn(device, value));
  for (const value of [...found, ...inputs]) value.release();
  return numbers;
}

/** `while (index < limit) { index += 1; value = f(value) }`, f the nodes that end in `next`. */
function loop(body: readonly NodeDescription[]): { nodes: NodeDescription[]; functions: FunctionDescription[] } {
  const inputArg = [{ name: "i" }, { name: "x" }];
  return {
    nodes: [{
      ...node("loop", "StatelessWhile", "start", "x"), attr: { cond: { func: { name: "f1" } }, body: { func: { name: "f2" } } },
    }],
    functions: [
      { signature: { name: "f1", inputArg, outputArg: [{ name: "r1" }] }, nodeDef: [node("limit", "Const"), node("less", "Less", "i", "limit")],
        ret: { r1: "less:z:0" } },
      { signature: { name: "f2", inputArg, outputArg: [{ name: "r1" }, { name: "r2" }] },
        nodeDef: [node("one", "Const"), node("half", "Const"), node("more", "AddV2", "i", "one"), ...body], ret: { r1: "more:z:0", r2: "next" } },
    ],
  };
}

const whole = (number: number): HostValue => HostValue.of("int32", [], [number]);
const COUNTERS = { start: whole(0), limit: whole(3), one: whole(1), half: HostValue.of("float32", [], [0.5]) };

describe("a program", () => {
  test("frees what it made, once nothing reads it, and keeps what belongs to others", () => {
    const before = living(device);
    const weight = uploaded([2], 10, 20);
    const x = uploaded([2], 1, 2);
    const most: number[] = [];
    const watched = new Proxy(device, {
      get(target, name): unknown {
        if (name === "kernel") most.push(living(device));
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const program = compiled([node("a", "Mul", "x", "w"), node("b", "Tanh", "a"), node("c", "Tanh", "b"),
      node("d", "Tanh", "c"), node("e", "AddV2", "d", "x")], ["x"], ["e"], { w: weight });
    const [found] = program.run(watched, [x]) as [Value];
    expect(Math.max(...most) - before).toBe(3); // the weight, the input, one intermediate
    expect(living(device) - before).toBe(3);
    expect(numbersIn(device, found)[0]).toBeCloseTo(Math.tanh(Math.tanh(Math.tanh(10))) + 1, 6);
    found.release();
    expect(numbersIn(device, x)).toEqual([1, 2]);
    expect(numbersIn(device, weight)).toEqual([10, 20]);
    x.release();
    weight.release();
    expect(living(device)).toBe(before);
  });

  test("computes nothing that its results do not need", () => {
    const bad = node("unknown", "NoSuchOperation", "x");
    const nodes = [node("a", "Neg", "x"), bad, node("b", "AddV2", "a", "unknown")];
    expect(numbersOf(compiled(nodes, ["x"], ["a"]), [uploaded([1], 5)])).toEqual([[-5]]);
    expect(() => compiled(nodes, ["x"], ["b"])).toThrow(UserError);
    expect(() => compiled(nodes, ["x"], ["b"])).toThrow("NoSuchOperation (unknown)");
    expect(() => compiled(nodes, ["x"], ["nowhere"])).toThrow("no node nowhere");
    expect(() => compiled([node("y", "Placeholder")], ["x"], ["y"])).toThrow("input y is not in its signature");
    expect(() => compiled([node("c", "Const")], [], ["c"])).toThrow("c has no numbers");
  });

  test("gives inputs, constants and one value for several results, each to be released once", () => {
    const before = living(device);
    const constant = uploaded([1], 7);
    const program = compiled([node("a", "Neg", "x"), node("b", "Identity", "a")], ["x"], ["x", "c", "a", "a", "b"], { c: constant });
    expect(numbersOf(program, [uploaded([1], 5)])).toEqual([[5], [7], [-5], [-5], [-5]]);
    constant.release();
    expect(living(device)).toBe(before);
  });

  test("several results of a node, of which one is read", () => {
    const before = living(device);
    const nodes = [{ ...node("halves", "Split", "axis", "x"), attr: { num_split: { i: "2" } } }, node("a", "Neg", "halves:1")];
    expect(numbersOf(compiled(nodes, ["x"], ["a"], { axis: HostValue.of("int32", [], [0]) }), [uploaded([4], 1, 2, 3, 4)]))
      .toEqual([[-3, -4]]);
    expect(living(device)).toBe(before);
  });

  test("computes what only constants decide when it is compiled", () => {
    const program = compiled([node("size", "Prod", "shape", "axis"), node("two", "Mul", "size", "size"),
      node("a", "Fill", "list", "zero"), node("list", "Pack", "size", "two"), node("b", "AddV2", "a", "x")], ["x"], ["b", "two"],
    { shape: integers(1, 2), axis: integers(0), zero: HostValue.of("float32", [], [0.5]) });
    expect((program as unknown as { instructions: unknown[] }).instructions).toHaveLength(2); // Fill and AddV2
    expect(numbersOf(program, [uploaded([1, 1], 1)])).toEqual([[1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5], [4]]);
  });

  test("control inputs are no inputs", () => {
    expect(numbersOf(compiled([node("a", "Neg", "x", "^nowhere")], ["x"], ["a"]), [uploaded([1], 5)])).toEqual([[-5]]);
  });
});

describe("a loop", () => {
  test("goes on as long as its condition says, and frees everything", () => {
    const before = living(device);
    const { nodes, functions } = loop([node("next", "AddV2", "x", "x")]);
    const program = compiled(nodes, ["x"], ["loop", "loop:1"], COUNTERS, functions);
    expect(numbersOf(program, [uploaded([2], 1, 3)])).toEqual([[3], [8, 24]]);
    expect(living(device)).toBe(before);
  });

  test("that never runs gives its inputs", () => {
    const before = living(device);
    const { nodes, functions } = loop([node("next", "AddV2", "x", "x")]);
    const program = compiled(nodes, ["x"], ["loop:1"], { ...COUNTERS, limit: whole(0) }, functions);
    expect(numbersOf(program, [uploaded([1], 5)])).toEqual([[5]]);
    expect(living(device)).toBe(before);
  });

  test("frees everything where an operation in it fails, at whichever step", () => {
    const before = living(device);
    const { nodes, functions } = loop([node("turned", "Neg", "x"), node("next", "AddV2", "turned", "half")]);
    const kernel = device.kernel.bind(device);
    for (let good = 0; good < 7; good++) {
      let calls = 0;
      device.kernel = (name, inputs, attributes) => {
        if (calls++ === good) throw new Error("no memory");
        return kernel(name, inputs, attributes);
      };
      const x = uploaded([1], 5);
      const program = compiled([...nodes, node("b", "AddV2", "loop:1", "list")], ["x", "list"], ["b", "loop:1"], COUNTERS, functions);
      expect(() => program.run(device, [x, floats([1], 1)])).toThrow("no memory");
      x.release();
      expect(living(device)).toBe(before);
      expect(device.memory.numBytes).toBe(0);
    }
  });
});
