import type { Device } from "../device.js";
import type { DeviceValue } from "../device-value.js";
import { HostValue, numbersOf } from "../host-value.js";
import { sizeOf, type Value } from "../value.js";
import { places } from "./broadcast.js";
import type { Attributes, Operation } from "./operation.js";
import { listOf } from "./reductions.js";

const MASKS = {
  beginMask: "begin_mask", endMask: "end_mask", ellipsisMask: "ellipsis_mask", newAxisMask: "new_axis_mask",
  shrinkAxisMask: "shrink_axis_mask",
} as const;

function masksOf(attributes: Attributes): Record<keyof typeof MASKS, number> {
  return Object.fromEntries(Object.entries(MASKS).map(([ours, theirs]) => [ours, attributes[theirs] ?? 0])) as never;
}

/** What is taken of each axis: `counts` numbers, every `steps`th from `starts` on; `shape` is the result's. */
interface Cut {
  starts: number[];
  counts: number[];
  steps: number[];
  shape: number[];
}

function cutOf(whole: readonly number[], begin: number[], end: number[], steps: number[], attributes: Attributes): Cut {
  const masks = masksOf(attributes);
  const cut: Cut = { starts: [], counts: [], steps: [], shape: [] };
  let axis = 0;
  const take = (first: number, count: number, step: number, shrinks: boolean): void => {
    cut.starts.push(first);
    cut.counts.push(count);
    cut.steps.push(step);
    if (!shrinks) cut.shape.push(count);
    axis += 1;
  };
  begin.forEach((from, index) => {
    const bit = 1 << index;
    if (masks.ellipsisMask & bit) {
      const later = begin.length - index - 1 - [...begin.keys()].filter(
        (one) => one > index && masks.newAxisMask & (1 << one)).length;
      while (axis < whole.length - later) take(0, whole[axis]!, 1, false);
    } else if (masks.newAxisMask & bit) {
      cut.shape.push(1);
    } else {
      const size = whole[axis]!;
      const step = steps[index]!;
      const first = from < 0 ? from + size : from;
      if (masks.shrinkAxisMask & bit) return take(first, 1, 1, true);
      const clip = (place: number, low: number, high: number): number => Math.min(Math.max(place, low), high);
      const least = step > 0 ? 0 : -1;
      const most = step > 0 ? size : size - 1;
      const to = end[index]! < 0 ? end[index]! + size : end[index]!;
      const low = masks.beginMask & bit ? (step > 0 ? 0 : size - 1) : clip(first, least, most);
      const high = masks.endMask & bit ? (step > 0 ? size : -1) : clip(to, least, most);
      take(low, Math.max(0, Math.ceil((high - low) / step)), step, false);
    }
  });
  while (axis < whole.length) take(0, whole[axis]!, 1, false);
  return cut;
}

function sliced(x: HostValue, { starts, counts, steps, shape }: Cut): HostValue {
  const strides = x.shape.map((_, axis) => sizeOf(x.shape.slice(axis + 1)));
  const start = starts.reduce((sum, first, axis) => sum + first * strides[axis]!, 0);
  const from = places(counts, strides.map((stride, axis) => stride * steps[axis]!), start);
  const data = numbersOf(x.dtype, from.length);
  for (let index = 0; index < data.length; index++) data[index] = x.data[from[index]!]!;
  return new HostValue(x.dtype, shape, data);
}

/**
 * TF.js' own kernels lose the type of what they step through (wasm), and read other numbers where an ellipsis or a new
 * axis comes before others.
 */
function slicedOnDevice(device: Device, x: Value, { starts, counts, steps, shape }: Cut): Value {
  if (sizeOf(shape) === 0) return device.fill(x.dtype, shape, 0);
  const jumps = steps.map((step, axis) => step !== 1 && counts[axis]! > 1);
  let found = device.slice(x, starts.map((start, axis) => (jumps[axis] ? 0 : start)),
    counts.map((count, axis) => (jumps[axis] ? x.shape[axis]! : count)));
  const replace = (next: DeviceValue): void => {
    found.release();
    found = next;
  };
  for (const [axis, jump] of jumps.entries()) {
    if (!jump) continue;
    const places = Array.from({ length: counts[axis]! }, (_, index) => starts[axis]! + index * steps[axis]!);
    replace(device.kernel("GatherV2", { x: found.info, indices: device.info(HostValue.integers(places)) },
      { axis, batchDims: 0 }));
  }
  replace(device.reshape(found, shape));
  return found;
}

const stridedSlice: Operation = {
  host: ([x, begin, end, steps], attributes) =>
    sliced(x!, cutOf(x!.shape, begin!.list, end!.list, steps!.list, attributes)),
  device: (device, [x, begin, end, steps], attributes) =>
    slicedOnDevice(device, x!, cutOf(x!.shape, listOf(begin!), listOf(end!), listOf(steps!), attributes)),
};

/** The sizes of a slice, where -1 is all that is left. */
function sizesOf(x: Value, begin: readonly number[], sizes: readonly number[]): number[] {
  return sizes.map((size, axis) => (size < 0 ? x.shape[axis]! - begin[axis]! : size));
}

export const slices: Readonly<Record<string, Operation>> = {
  StridedSlice: stridedSlice,
  Slice: {
    host: ([x, begin, size]) => {
      const counts = sizesOf(x!, begin!.list, size!.list);
      return sliced(x!, { starts: begin!.list, counts, steps: counts.map(() => 1), shape: counts });
    },
    device: (device, [x, begin, size]) => device.slice(x!, listOf(begin!), sizesOf(x!, listOf(begin!), listOf(size!))),
  },
};
