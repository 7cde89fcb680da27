import { HostValue, numbersOf } from "../host-value.js";
import { RowBuffer } from "../row-buffer.js";
import { type DataType, sizeOf, type Value } from "../value.js";
import { DeviceValue } from "../device-value.js";
import type { Device } from "../device.js";
import { rearrangements } from "./rearrangements.js";
import type { Operation } from "./operation.js";

/** One number everywhere. Of floats nothing is written yet: most of these become a loop's output, row by row. */
function filled(dtype: DataType, shape: readonly number[], value: number): Value {
  if (dtype === "float32" && shape.length > 0) return new RowBuffer(dtype, shape, value);
  return new HostValue(dtype, shape, numbersOf(dtype, sizeOf(shape)).fill(value));
}

const fill: Operation = {
  host: ([shape, value]) => filled(value!.dtype, shape!.list, value!.data[0]!),
};

function like(value: number): Operation {
  return { host: ([x]) => filled(x!.dtype, x!.shape, value), device: (_, [x]) => filled(x!.dtype, x!.shape, value) };
}

const range: Operation = {
  host: ([start, limit, step]) => {
    const [first, last, by] = [start!.data[0]!, limit!.data[0]!, step!.data[0]!];
    const count = Math.max(0, Math.ceil((last - first) / by));
    return HostValue.of(start!.dtype, [count], Array.from({ length: count }, (_, index) => first + index * by));
  },
};

/** To a buffer whose rows are kept apart, one more is added; anything else is the backend's business. */
const scatter: Operation = {
  ...rearrangements["TensorScatterUpdate"]!,
  device: (device, inputs, attributes) => {
    const [buffer, indices, updates] = inputs as [Value, Value, Value];
    if (!(buffer instanceof RowBuffer && indices instanceof HostValue && indices.data.length === 1)) {
      return rearrangements["TensorScatterUpdate"]!.device!(device, inputs, attributes);
    }
    const row = owned(device, updates);
    const found = buffer.with(indices.data[0]!, row);
    row.release();
    return found;
  },
};

function owned(device: Device, value: Value): DeviceValue {
  return value instanceof DeviceValue ? value.retain() : device.reshape(value, value.shape);
}

export const fillings: Readonly<Record<string, Operation>> = {
  Fill: fill,
  OnesLike: like(1),
  Range: range,
  TensorScatterUpdate: scatter,
  ZerosLike: like(0),
};
