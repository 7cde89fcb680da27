import { UserError } from "../../errors.js";
import type { Device } from "../device.js";
import { DeviceValue } from "../device-value.js";
import { sizeOf, type Value } from "../value.js";

/** The shape that tensors of several shapes take together (NumPy's rule). */
export function broadcastShape(...shapes: (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    let size = 1;
    for (const shape of shapes) {
      const own = shape[axis - rank + shape.length] ?? 1;
      if (own === 1 || own === size) continue;
      if (size !== 1) {
        throw new UserError(`The graph combines the shapes ${shapes.map((one) => `[${one.join(", ")}]`).join(" and ")}`,
          "Sizes must agree or be 1", "Export the model again");
      }
      size = own;
    }
    return size;
  });
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** The strides with which a tensor of `shape` is read as one of `wider`: 0 where it is repeated. */
export function broadcastStrides(shape: readonly number[], wider: readonly number[]): number[] {
  const strides = new Array<number>(wider.length).fill(0);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis + wider.length - shape.length] = shape[axis] === 1 ? 0 : stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** For each place of a tensor of `shape`, in order, where it lies in another with these strides. */
export function places(shape: readonly number[], strides: readonly number[], start = 0): Int32Array {
  let found = Int32Array.of(start);
  shape.forEach((size, axis) => {
    const stride = strides[axis]!;
    const next = new Int32Array(found.length * size);
    let place = 0;
    for (const before of found) for (let index = 0; index < size; index++) next[place++] = before + index * stride;
    found = next;
  });
  return found;
}

/** A value repeated until it has the shape. The caller owns it. */
export function broadcastOnDevice(device: Device, value: Value, shape: readonly number[]): Value {
  if (sameShape(value.shape, shape)) return value.retain();
  // The kernel cannot repeat what is empty.
  if (sizeOf(shape) === 0) return device.fill(value.dtype, shape, 0);
  const own = [...new Array<number>(shape.length - value.shape.length).fill(1), ...value.shape];
  const wide = device.reshape(value, own);
  const found = device.kernel("Tile", { x: wide.info }, { reps: shape.map((size, axis) => size / own[axis]!) });
  wide.release();
  return found satisfies DeviceValue;
}
