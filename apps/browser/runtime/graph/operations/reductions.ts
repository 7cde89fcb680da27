import { HostValue, numbersOf } from "../host-value.js";
import { sizeOf, type Value } from "../value.js";
import { places } from "./broadcast.js";
import type { Attributes, Operation } from "./operation.js";

/** Takes a number and what was found before; `undefined` at first. */
type Fold = (before: number | undefined, x: number) => number;

function reduction(kernel: string, axisName: string, fold?: Fold): Operation {
  return {
    ...(fold && { host: ([x, axes], attributes) => reduced(x!, axes!.list, attributes, fold) }),
    device: (device, [x, axes], { keep_dims }) =>
      device.kernel(kernel, { x: device.info(x!) }, { [axisName]: listOf(axes!), keepDims: keep_dims === true }),
  };
}

function reduced(x: HostValue, axes: readonly number[], { keep_dims }: Attributes, fold: Fold): HostValue {
  const rank = x.shape.length;
  const gone = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
  const strides = x.shape.map((_, axis) => sizeOf(x.shape.slice(axis + 1)));
  const stays = [...x.shape.keys()].filter((axis) => !gone.has(axis));
  const goes = [...gone].sort();
  const of = (list: readonly number[], from: readonly number[]): number[] => list.map((axis) => from[axis]!);
  const firsts = places(of(stays, x.shape), of(stays, strides));
  const within = places(of(goes, x.shape), of(goes, strides));
  const data = numbersOf(x.dtype, firsts.length);
  firsts.forEach((first, index) => {
    let found: number | undefined;
    for (const place of within) found = fold(found, x.data[first + place]!);
    data[index] = found ?? fold(undefined, 0);
  });
  const shape = keep_dims === true ? x.shape.map((size, axis) => (gone.has(axis) ? 1 : size)) : of(stays, x.shape);
  return new HostValue(x.dtype, shape, data);
}

/** Axes and the like, which are always in JavaScript's memory. */
export function listOf(value: Value): number[] {
  return (value as HostValue).list;
}

const argMax: Operation = {
  device: (device, [x, axis]) => {
    const found = device.kernel("ArgMax", { x: device.info(x!) }, { axis: listOf(axis!)[0]! });
    if (!device.readsAtOnce) return found;
    // What follows from a token's id is bookkeeping, which is quicker here.
    const value = new HostValue("int32", found.shape, device.readNow(found));
    found.release();
    return value;
  },
};

export const reductions: Readonly<Record<string, Operation>> = {
  ArgMax: argMax,
  All: reduction("All", "axis", (before, x) => ((before ?? 1) && x ? 1 : 0)),
  Any: reduction("Any", "axis", (before, x) => ((before ?? 0) || x ? 1 : 0)),
  Max: reduction("Max", "reductionIndices", (before, x) => Math.max(before ?? -Infinity, x)),
  Mean: reduction("Mean", "axis"),
  Min: reduction("Min", "axis", (before, x) => Math.min(before ?? Infinity, x)),
  Prod: reduction("Prod", "axis", (before, x) => (before ?? 1) * x),
  Sum: reduction("Sum", "axis", (before, x) => (before ?? 0) + x),
  Softmax: { device: (device, [x]) => device.kernel("Softmax", { logits: device.info(x!) }, { dim: x!.shape.length - 1 }) },
  Cumsum: {
    device: (device, [x, axis], { exclusive, reverse }) => {
      const [first] = listOf(axis!) as [number];
      return device.kernel("Cumsum", { x: device.info(x!) },
        { axis: first < 0 ? first + x!.shape.length : first, exclusive: exclusive === true, reverse: reverse === true });
    },
  },
};
