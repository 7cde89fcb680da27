import { HostValue, numbersOf } from "../host-value.js";
import { sizeOf, type Value } from "../value.js";
import { places } from "./broadcast.js";
import type { Attributes, Operation } from "./operation.js";

type Fold = (before: number, x: number) => number;

/** `start`: what there is without any numbers. */
function reduction(kernel: string, axisName: string, start: number, fold?: Fold): Operation {
  return {
    ...(fold && { host: ([x, axes], attributes) => reduced(x!, axes!.list, attributes, start, fold) }),
    device: (device, [x, axes], attributes) => {
      const list = listOf(axes!);
      // TF.js' wasm backend would read on behind the end of an empty tensor.
      if (sizeOf(x!.shape) === 0) return reduced(HostValue.of(x!.dtype, x!.shape), list, attributes, start, () => 0);
      return device.kernel(kernel, { x: device.info(x!) }, { [axisName]: list, keepDims: attributes["keep_dims"] === true });
    },
  };
}

function reduced(x: HostValue, axes: readonly number[], { keep_dims }: Attributes, start: number, fold: Fold): HostValue {
  const rank = x.shape.length;
  const gone = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
  const strides = x.shape.map((_, axis) => sizeOf(x.shape.slice(axis + 1)));
  const stays = [...x.shape.keys()].filter((axis) => !gone.has(axis));
  const goes = [...x.shape.keys()].filter((axis) => gone.has(axis));
  const of = (list: readonly number[], from: readonly number[]): number[] => list.map((axis) => from[axis]!);
  const firsts = places(of(stays, x.shape), of(stays, strides));
  const within = places(of(goes, x.shape), of(goes, strides));
  const data = numbersOf(x.dtype, firsts.length);
  const first = x.dtype === "int32" ? Math.min(Math.max(start, -(2 ** 31)), 2 ** 31 - 1) : start;
  firsts.forEach((from, index) => {
    data[index] = within.reduce((found, place) => fold(found, x.data[from + place]!), first);
  });
  const shape = keep_dims === true ? x.shape.map((size, axis) => (gone.has(axis) ? 1 : size)) : of(stays, x.shape);
  return new HostValue(x.dtype, shape, data);
}

/** Axes and the like, which are always in JavaScript's memory. */
export function listOf(value: Value): number[] {
  if (!(value instanceof HostValue)) throw new Error("An axis or a shape is in the backend's memory");
  return value.list;
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
  All: reduction("All", "axis", 1, (before, x) => Number(before !== 0 && x !== 0)),
  Any: reduction("Any", "axis", 0, (before, x) => Number(before !== 0 || x !== 0)),
  Max: reduction("Max", "reductionIndices", -Infinity, Math.max),
  Mean: reduction("Mean", "axis", NaN),
  Min: reduction("Min", "axis", Infinity, Math.min),
  Prod: reduction("Prod", "axis", 1, (before, x) => before * x),
  Sum: reduction("Sum", "axis", 0, (before, x) => before + x),
  Softmax: { device: (device, [x]) => device.kernel("Softmax", { logits: device.info(x!) }, { dim: x!.shape.length - 1 }) },
  Cumsum: {
    device: (device, [x, axis], { exclusive, reverse }) => {
      const [first] = listOf(axis!) as [number];
      return device.kernel("Cumsum", { x: device.info(x!) },
        { axis: first < 0 ? first + x!.shape.length : first, exclusive: exclusive === true, reverse: reverse === true });
    },
  },
};
