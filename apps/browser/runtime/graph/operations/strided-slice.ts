import { HostValue, numbersOf } from "../host-value.js";
import { sizeOf } from "../value.js";
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

function sliced(x: HostValue, begin: number[], end: number[], steps: number[], attributes: Attributes): HostValue {
  const masks = masksOf(attributes);
  const all = x.shape.map((_, axis) => sizeOf(x.shape.slice(axis + 1)));
  const [shape, kept, strides]: [number[], number[], number[]] = [[], [], []];
  let [axis, start] = [0, 0];
  const take = (first: number, count: number, step: number, shrinks: boolean): void => {
    start += first * all[axis]!;
    shape.push(count);
    strides.push(step * all[axis]!);
    if (!shrinks) kept.push(count);
    axis += 1;
  };
  begin.forEach((from, index) => {
    const bit = 1 << index;
    if (masks.ellipsisMask & bit) {
      const later = begin.length - index - 1 - [...begin.keys()].filter(
        (one) => one > index && masks.newAxisMask & (1 << one)).length;
      while (axis < x.shape.length - later) take(0, x.shape[axis]!, 1, false);
    } else if (masks.newAxisMask & bit) {
      kept.push(1);
    } else {
      const size = x.shape[axis]!;
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
  while (axis < x.shape.length) take(0, x.shape[axis]!, 1, false);
  const from = places(shape, strides, start);
  const data = numbersOf(x.dtype, from.length);
  for (let index = 0; index < data.length; index++) data[index] = x.data[from[index]!]!;
  return new HostValue(x.dtype, kept, data);
}

const stridedSlice: Operation = {
  host: ([x, begin, end, steps], attributes) => sliced(x!, begin!.list, end!.list, steps!.list, attributes),
  device: (device, [x, begin, end, steps], attributes) => device.kernel("StridedSlice", { x: device.info(x!) },
    { begin: listOf(begin!), end: listOf(end!), strides: listOf(steps!), ...masksOf(attributes) }),
};

export const slices: Readonly<Record<string, Operation>> = {
  StridedSlice: stridedSlice,
  Slice: {
    device: (device, [x, begin, size]) => device.slice(x!, listOf(begin!),
      listOf(size!).map((one, axis) => (one < 0 ? x!.shape[axis]! - listOf(begin!)[axis]! : one))),
  },
};
