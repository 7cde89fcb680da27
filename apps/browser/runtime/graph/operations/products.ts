import type { Device } from "../device.js";
import { DeviceValue } from "../device-value.js";
import { sizeOf, type Value } from "../value.js";
import { broadcastShape, broadcastStrides, places } from "./broadcast.js";
import type { Operation } from "./operation.js";

/** A value as the matrices that it is a stack of, each `(1, rows, columns)`. */
function matricesOf(device: Device, value: Value): { list: readonly DeviceValue[]; release(): void } {
  const [rows, columns] = value.shape.slice(-2) as [number, number];
  const count = sizeOf(value.shape.slice(0, -2));
  const stack = value instanceof DeviceValue ? value.retain() : device.reshape(value, value.shape);
  const list = stack.matrices(() => {
    const flat = device.reshape(stack, [count, rows, columns]);
    if (count === 1) return [flat];
    const cut = Array.from({ length: count }, (_, index) => device.slice(flat, [index, 0, 0], [1, rows, columns]));
    flat.release();
    return cut;
  });
  return { list, release: () => stack.release() };
}

/**
 * A stack of products as single ones: TF.js' wasm backend hands only those to its fast library, and computes stacks some
 * eight times slower. That library also remembers a matrix it has seen, so that weights are prepared once.
 */
function product(device: Device, a: Value, b: Value, transposeA: boolean, transposeB: boolean): DeviceValue {
  const left = matricesOf(device, a);
  const right = matricesOf(device, b);
  const [leftStack, rightStack] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  const stack = broadcastShape(leftStack, rightStack);
  const [lefts, rights] = [leftStack, rightStack].map((own) => places(stack, broadcastStrides(own, stack)));
  const products = Array.from(lefts!, (place, index) => device.kernel("BatchMatMul",
    { a: left.list[place]!.info, b: right.list[rights![index]!]!.info }, { transposeA, transposeB }));
  const rows = a.shape.at(transposeA ? -1 : -2)!;
  const columns = b.shape.at(transposeB ? -2 : -1)!;
  const joined = products.length === 1 ? products[0]! : device.concat(products, 0);
  const found = device.reshape(joined, [...stack, rows, columns]);
  for (const one of new Set([...products, joined])) one.release();
  left.release();
  right.release();
  return found;
}

const fused: Operation = {
  device: (device, [a, b, bias], attributes) => {
    const left = matricesOf(device, a!);
    const right = matricesOf(device, b!);
    const [, activation = "linear"] = (attributes["fused_ops"] as string[]).map((name) => name.toLowerCase());
    const found = device.kernel("_FusedMatMul",
      { a: left.list[0]!.info, b: right.list[0]!.info, bias: device.info(bias!) },
      {
        transposeA: attributes["transpose_a"] === true, transposeB: attributes["transpose_b"] === true, activation,
        leakyreluAlpha: 0,
      });
    const flat = device.reshape(found, found.shape.slice(1));
    for (const one of [found, left, right]) one.release();
    return flat;
  },
};

const convolution: Operation = {
  device: (device, [x, filter], { strides, dilations, padding, data_format: dataFormat = "NHWC" }) =>
    device.kernel("Conv2D", { x: device.info(x!), filter: device.info(filter!) }, {
      strides: (strides as number[]).slice(1, 3), dilations: ((dilations as number[] | undefined) ?? [1, 1, 1, 1]).slice(1, 3),
      pad: (padding as string).toLowerCase(), dataFormat,
    }),
};

export const products: Readonly<Record<string, Operation>> = {
  MatMul: {
    device: (device, [a, b], attributes) =>
      product(device, a!, b!, attributes["transpose_a"] === true, attributes["transpose_b"] === true),
  },
  BatchMatMulV2: {
    device: (device, [a, b], { adj_x, adj_y }) => product(device, a!, b!, adj_x === true, adj_y === true),
  },
  _FusedMatMul: fused,
  Conv2D: convolution,
};
