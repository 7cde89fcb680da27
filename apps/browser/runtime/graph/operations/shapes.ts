import { HostValue } from "../host-value.js";
import { sizeOf, type Value } from "../value.js";
import type { Operation } from "./operation.js";
import { listOf } from "./reductions.js";

/** The same numbers in another shape. */
function reshape(shapeOf: (inputs: readonly Value[], attributes: Parameters<NonNullable<Operation["host"]>>[1]) => number[]): Operation {
  return {
    host: (inputs, attributes) => inputs[0]!.reshaped(shapeOf(inputs, attributes)),
    device: (device, inputs, attributes) => device.reshape(inputs[0]!, shapeOf(inputs, attributes)),
  };
}

function withoutUnknown(shape: readonly number[], size: number): number[] {
  const known = shape.reduce((product, one) => (one < 0 ? product : product * one), 1);
  return shape.map((one) => (one < 0 ? size / known : one));
}

export const shapes: Readonly<Record<string, Operation>> = {
  // A shape is known wherever the numbers are.
  Shape: { device: (_, [x]) => HostValue.integers(x!.shape), host: ([x]) => HostValue.integers(x!.shape) },
  Reshape: reshape(([x, shape]) => withoutUnknown(listOf(shape!), sizeOf(x!.shape))),
  ExpandDims: reshape(([x, axis]) => {
    const at = listOf(axis!)[0]!;
    const shape = [...x!.shape];
    shape.splice(at < 0 ? at + shape.length + 1 : at, 0, 1);
    return shape;
  }),
  Squeeze: reshape(([x], { squeeze_dims: dims, axis = dims }) => {
    const rank = x!.shape.length;
    const gone = ((axis as number[] | undefined) ?? []).map((one) => (one < 0 ? one + rank : one));
    return x!.shape.filter((size, index) => (gone.length === 0 ? size !== 1 : !gone.includes(index)));
  }),
};
