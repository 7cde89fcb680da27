import { beforeAll, describe, expect, test } from "vitest";
import { type Device } from "../../runtime/graph/device.js";
import { HostValue } from "../../runtime/graph/host-value.js";
import type { Attribute } from "../../runtime/graph/instruction.js";
import { OPERATIONS } from "../../runtime/graph/operations/index.js";
import type { DataType, Value } from "../../runtime/graph/value.js";
import { deviceOn, living, numbersIn } from "./backends.js";
import cases from "./operation-cases.json";

interface Tensor {
  dtype: string;
  shape: number[];
  numbers: (number | boolean | string)[];
}

interface Case {
  op: string;
  attributes: Record<string, Attribute>;
  inputs: Tensor[];
  /** Inputs that are never in the backend's memory: axes, shapes. */
  fixed: number[];
  outputs: Tensor[];
}

function hostValue({ dtype, shape, numbers }: Tensor): HostValue {
  return HostValue.of(dtype as DataType, shape, numbers.map(Number));
}

function expectTensors(device: Device, found: readonly Value[], wanted: readonly Tensor[]): void {
  expect(found.map(({ dtype, shape }) => ({ dtype, shape: [...shape] })))
    .toEqual(wanted.map(({ dtype, shape }) => ({ dtype, shape })));
  for (const [index, value] of found.entries()) {
    const numbers = wanted[index]!.numbers.map(Number);
    for (const [place, number] of numbersIn(device, value).entries()) {
      const close = number === numbers[place]! || Math.abs(number - numbers[place]!) <= 1e-5 * Math.max(1, Math.abs(number));
      if (!close) expect(numbersIn(device, value)).toEqual(numbers);
    }
  }
}

function listed(found: Value | Value[]): Value[] {
  return Array.isArray(found) ? found : [found];
}

describe.each(["cpu", "wasm"] as const)("%s", (backend) => {
  let device: Device;
  beforeAll(async () => { device = await deviceOn(backend); });

  test.each((cases as Case[]).map((one, index) => [index, one.op, one] as const))("case %i: %s", (_, op, one) => {
    const operation = OPERATIONS.get(op)!;
    const host = one.inputs.map(hostValue);
    if (operation.host !== undefined) {
      const found = listed(operation.host(host, one.attributes));
      expectTensors(device, found, one.outputs);
      for (const value of found) value.release();
    }
    // Each input alone, and all, in the backend's memory.
    const movable = host.map((_, index) => index).filter((index) => !one.fixed.includes(index));
    for (const there of [movable, ...movable.map((index) => [index])]) {
      if (operation.device === undefined) continue;
      const before = living(device);
      const inputs = host.map((value, index) => (there.includes(index) ? device.upload(value) : value));
      const found = listed(operation.device(device, inputs, one.attributes));
      device.freeUploads();
      expectTensors(device, found, one.outputs);
      for (const value of [...found, ...inputs]) value.release();
      expect(living(device)).toBe(before);
    }
  });
});
