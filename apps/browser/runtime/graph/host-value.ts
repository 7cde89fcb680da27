import type { DeviceValue } from "./device-value.js";
import { type DataType, type Numbers, sizeOf, type Owned } from "./value.js";

/**
 * A small tensor in JavaScript's memory: shapes, counters, conditions, token ids. To compute with these here costs less
 * than to hand them to a backend, whose every call has a price.
 */
export class HostValue implements Owned {
  /** A copy in a backend's memory that stays, for constants. */
  resident: DeviceValue | undefined;
  /** Whether it is worth keeping such a copy. */
  lasting = false;

  constructor(
    readonly dtype: DataType,
    readonly shape: readonly number[],
    readonly data: Numbers,
  ) {}

  static of(dtype: DataType, shape: readonly number[], numbers?: ArrayLike<number>): HostValue {
    return new HostValue(dtype, shape, numbersOf(dtype, numbers ?? sizeOf(shape)));
  }

  static integers(numbers: readonly number[]): HostValue {
    return HostValue.of("int32", [numbers.length], numbers);
  }

  reshaped(shape: readonly number[]): HostValue {
    return new HostValue(this.dtype, shape, this.data);
  }

  /** The one number that all are, or `undefined`. */
  get uniform(): number | undefined {
    const { data } = this;
    const first = data[0];
    for (let index = 1; index < data.length; index++) if (data[index] !== first) return undefined;
    return first;
  }

  /** As integers, for axes, shapes and the like. */
  get list(): number[] {
    return Array.from(this.data);
  }

  /** Nothing but JavaScript's memory is held. */
  retain(): this {
    return this;
  }

  release(): void {
    // See `retain`.
  }
}

/** An array of a type: of so many zeros, or of these numbers, rounded to it. */
export function numbersOf(dtype: DataType, numbers: number | ArrayLike<number>): Numbers {
  // Not the constructor's overloads: a number and a list go different ways.
  if (dtype === "float32") return typeof numbers === "number" ? new Float32Array(numbers) : Float32Array.from(numbers);
  if (dtype === "int32") return typeof numbers === "number" ? new Int32Array(numbers) : Int32Array.from(numbers);
  return typeof numbers === "number" ? new Uint8Array(numbers) : Uint8Array.from(numbers);
}
