import type { Device } from "../device.js";
import { HostValue, numbersOf } from "../host-value.js";
import { sizeOf, type Value } from "../value.js";
import { broadcastOnDevice, broadcastStrides, places } from "./broadcast.js";
import type { Operation } from "./operation.js";
import { listOf } from "./reductions.js";

/** A tensor of `shape` that reads the numbers of another at these places. */
function picked(x: HostValue, shape: readonly number[], from: Int32Array): HostValue {
  const data = numbersOf(x.dtype, from.length);
  for (let index = 0; index < data.length; index++) data[index] = x.data[from[index]!]!;
  return new HostValue(x.dtype, shape, data);
}

function stridesOf(shape: readonly number[]): number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
}

function positive(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

function joined(values: readonly HostValue[], axis: number): HostValue {
  const shape = [...values[0]!.shape];
  shape[axis] = values.reduce((sum, value) => sum + value.shape[axis]!, 0);
  const outer = sizeOf(shape.slice(0, axis));
  const data = numbersOf(values[0]!.dtype, sizeOf(shape));
  let place = 0;
  for (let index = 0; index < outer; index++) {
    for (const value of values) {
      const size = value.data.length / outer;
      data.set(value.data.subarray(index * size, (index + 1) * size), place);
      place += size;
    }
  }
  return new HostValue(values[0]!.dtype, shape, data);
}

const concat: Operation = {
  host: (inputs) => joined(inputs.slice(0, -1), positive(listOf(inputs.at(-1)!)[0]!, inputs[0]!.shape.length)),
  device: (device, inputs) => {
    const axis = positive(listOf(inputs.at(-1)!)[0]!, inputs[0]!.shape.length);
    const filled = inputs.slice(0, -1).filter((value) => value.shape[axis] !== 0);
    if (filled.length === 0) return inputs[0]!.retain();
    return filled.length === 1 ? filled[0]!.retain() : device.concat(filled, axis);
  },
};

const pack: Operation = {
  host: (inputs, { axis = 0 }) => {
    const at = positive(axis as number, inputs[0]!.shape.length + 1);
    const wide = [...inputs[0]!.shape];
    wide.splice(at, 0, 1);
    return joined(inputs.map((value) => value.reshaped(wide)), at);
  },
  device: (device, inputs, { axis = 0 }) =>
    device.kernel("Pack", inputs.map((value) => device.info(value)), { axis: positive(axis as number, inputs[0]!.shape.length + 1) }),
};

/** TF.js' wasm backend copies the whole tensor before it cuts a part out: of an embedding's table that takes milliseconds. */
const CHEAP_TO_SLICE = 1 << 14;

const gather: Operation = {
  host: ([x, indices, axis]) => {
    const at = positive(axis!.list[0]!, x!.shape.length);
    const [outer, size, inner] = [sizeOf(x!.shape.slice(0, at)), x!.shape[at]!, sizeOf(x!.shape.slice(at + 1))];
    const from = new Int32Array(outer * indices!.data.length * inner);
    let place = 0;
    for (let before = 0; before < outer; before++) {
      for (const index of indices!.data) {
        for (let after = 0; after < inner; after++) from[place++] = (before * size + index) * inner + after;
      }
    }
    return picked(x!, [...x!.shape.slice(0, at), ...indices!.shape, ...x!.shape.slice(at + 1)], from);
  },
  device: (device, [x, indices, axis]) => {
    const at = positive(listOf(axis!)[0]!, x!.shape.length);
    if (!(indices instanceof HostValue && indices.data.length === 1 && sizeOf(x!.shape) <= CHEAP_TO_SLICE)) {
      return device.kernel("GatherV2", { x: device.info(x!), indices: device.info(indices!) }, { axis: at, batchDims: 0 });
    }
    // One row: to cut it out needs no list of indices in the backend's memory.
    const size = [...x!.shape];
    const begin = size.map((_, one) => (one === at ? indices.data[0]! : 0));
    size[at] = 1;
    const row = device.slice(x!, begin, size);
    const found = device.reshape(row, [...x!.shape.slice(0, at), ...indices.shape, ...x!.shape.slice(at + 1)]);
    row.release();
    return found;
  },
};

const split: Operation = {
  device: (device, [axis, x], { num_split }) => {
    const at = positive(listOf(axis!)[0]!, x!.shape.length);
    const count = num_split as number;
    return device.kernelWithParts("SplitV", { x: device.info(x!) },
      { numOrSizeSplits: new Array<number>(count).fill(x!.shape[at]! / count), axis: at });
  },
};

const reverse: Operation = {
  host: ([x, axes]) => {
    const strides = stridesOf(x!.shape);
    let start = 0;
    for (const axis of axes!.list.map((one) => positive(one, x!.shape.length))) {
      start += (x!.shape[axis]! - 1) * strides[axis]!;
      strides[axis] = -strides[axis]!;
    }
    return picked(x!, x!.shape, places(x!.shape, strides, start));
  },
  device: (device, [x, axes]) => device.kernel("Reverse", { x: device.info(x!) }, { dims: listOf(axes!) }),
};

const transpose: Operation = {
  host: ([x, order]) => {
    const strides = stridesOf(x!.shape);
    const shape = order!.list.map((axis) => x!.shape[axis]!);
    return picked(x!, shape, places(shape, order!.list.map((axis) => strides[axis]!)));
  },
  device: (device, [x, order]) => {
    const perm = listOf(order!);
    // Axes of one element may change places freely.
    const moved = perm.filter((axis) => x!.shape[axis] !== 1);
    if (moved.every((axis, index) => index === 0 || moved[index - 1]! < axis)) {
      return device.reshape(x!, perm.map((axis) => x!.shape[axis]!));
    }
    return device.kernel("Transpose", { x: device.info(x!) }, { perm });
  },
};

function repeated(x: HostValue, shape: readonly number[]): HostValue {
  return picked(x, shape, places(shape, broadcastStrides(x.shape, shape)));
}

const broadcastTo: Operation = {
  host: ([x, shape]) => repeated(x!, shape!.list),
  device: (device, [x, shape]) => broadcastOnDevice(device, x!, listOf(shape!)),
};

const tile: Operation = {
  host: ([x, times]) => times!.list.reduce((found, count, axis) => (count > 0
    ? joined(new Array<HostValue>(count).fill(found), axis)
    : HostValue.of(found.dtype, found.shape.map((size, one) => (one === axis ? 0 : size)))), x!),
  device: (device, [x, times]) => tiled(device, x!, listOf(times!)),
};

function tiled(device: Device, x: Value, reps: readonly number[]): Value {
  const shape = reps.map((count, axis) => count * x.shape[axis]!);
  if (sizeOf(shape) === 0) return device.fill(x.dtype, shape, 0);
  return reps.every((count) => count === 1) ? x.retain() : device.kernel("Tile", { x: device.info(x) }, { reps });
}

const scatter: Operation = {
  host: ([into, indices, updates]) => {
    const data = into!.data.slice();
    const depth = indices!.shape.at(-1)!;
    const strides = stridesOf(into!.shape);
    const size = sizeOf(into!.shape.slice(depth));
    for (let index = 0; index * depth < indices!.data.length; index++) {
      let start = 0;
      for (let axis = 0; axis < depth; axis++) start += indices!.data[index * depth + axis]! * strides[axis]!;
      data.set(updates!.data.subarray(index * size, (index + 1) * size), start);
    }
    return new HostValue(into!.dtype, into!.shape, data);
  },
  device: (device, [tensor, indices, updates]) => device.kernel("TensorScatterUpdate",
    { tensor: device.info(tensor!), indices: device.info(indices!), updates: device.info(updates!) }),
};

export const rearrangements: Readonly<Record<string, Operation>> = {
  BroadcastTo: broadcastTo,
  ConcatV2: concat,
  GatherV2: gather,
  Identity: { host: ([x]) => x!, device: (_, [x]) => x!.retain() },
  Pack: pack,
  ReverseV2: reverse,
  Split: split,
  TensorScatterUpdate: scatter,
  Tile: tile,
  Transpose: transpose,
};

