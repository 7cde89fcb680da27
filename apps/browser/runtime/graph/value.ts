import type { DeviceValue } from "./device-value.js";
import type { HostValue } from "./host-value.js";
import type { RowBuffer } from "./row-buffer.js";

/** A tensor on its way through a graph. */
export type Value = HostValue | DeviceValue | RowBuffer;

/** The types of numbers in a graph. */
export type DataType = "float32" | "int32" | "bool";

/** Numbers of these types; booleans are 0 and 1. */
export type Numbers = Float32Array | Int32Array | Uint8Array;

/**
 * What all kinds of tensors have. Whoever keeps one calls `retain`, and `release` when done; the memory behind it
 * is freed with the last release. A new value has one owner.
 */
export interface Owned {
  readonly dtype: DataType;
  readonly shape: readonly number[];
  retain(): this;
  release(): void;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
