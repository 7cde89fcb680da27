import { expect, test } from "vitest";
import type { WeightPlace } from "../runtime/formats.js";
import { decodeWeight } from "../runtime/weights.js";

const place = (shape: number[], bytes: number, more: Partial<WeightPlace> = {}): WeightPlace =>
  ({ name: "w", shape, dtype: "float32", ranges: [[0, bytes]], ...more });

function joined(...parts: ArrayBufferView[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...new Uint8Array(part.buffer, part.byteOffset, part.byteLength)]));
}

test("numbers of each type, wherever they lie", () => {
  const stored = joined(Uint8Array.of(1, 0, 1), Int32Array.of(-7, 70_000), Float32Array.of(0.1, 0.2));
  const decoded = ([
    place([3], 3, { dtype: "bool" }), place([2], 8, { dtype: "int32", ranges: [[3, 8]] }),
    place([2], 8, { ranges: [[15, 4], [11, 4]] }),
  ]).map((one) => decodeWeight(one, stored).data);
  expect(decoded.map((data) => [...data])).toEqual([[1, 0, 1], [-7, 70_000], [Math.fround(0.2), Math.fround(0.1)]]);
  expect(decoded.map((data) => data.constructor)).toEqual([Uint8Array, Int32Array, Float32Array]);
});

test("every kind of float16", () => {
  const bits = [0x0000, 0x8000, 0x3c00, 0xc000, 0x3555, 0x0001, 0x83ff, 0x0400, 0x7bff, 0x7c00, 0xfc00, 0x7e00];
  const stored = joined(Uint16Array.from(bits));
  const weight = decodeWeight(place([12], 24, { quantization: { dtype: "float16" } }), stored);
  expect([...weight.data]).toEqual([0, -0, 1, -2, 0.333251953125, 2 ** -24, -1023 * 2 ** -24, 2 ** -14, 65504,
    Infinity, -Infinity, NaN]);
});

test("uint8 with a scale and a minimum for each column", () => {
  const stored = joined(Float32Array.of(0.5, 0.1), Float32Array.of(-1, 0), Uint8Array.of(0, 255, 2, 3, 4, 1));
  const weight = decodeWeight(place([3, 2], 22, { quantization: { dtype: "uint8", axis: 0 } }), stored);
  const tenth = Math.fround(0.1);
  expect([...weight.data]).toEqual([-1, Math.fround(255 * tenth), 0, Math.fround(3 * tenth), 1, tenth]);
});

test("uint8 with lanes along each axis of a stack", () => {
  const numbers = Uint8Array.from({ length: 12 }, (_, index) => index);
  const decode = (axis: number, scales: number[]): number[] => {
    const stored = joined(Float32Array.from(scales), new Float32Array(scales.length), numbers);
    const quantization = { dtype: "uint8", axis } as const;
    return [...decodeWeight(place([2, 2, 3], stored.byteLength, { quantization }), stored).data];
  };
  expect(decode(0, [1, 2, 3, 4, 5, 6])).toEqual([0, 2, 6, 12, 20, 30, 6, 14, 24, 36, 50, 66]);
  expect(decode(1, [1, 2, 3, 4, 5, 6])).toEqual([0, 2, 6, 3, 8, 15, 24, 35, 48, 36, 50, 66]);
  expect(decode(2, [1, 2, 3, 4])).toEqual([0, 1, 2, 6, 8, 10, 18, 21, 24, 36, 40, 44]);
});

test("transposed matrices", () => {
  const decode = (shape: number[], bytes: Uint8Array, more: Partial<WeightPlace>): number[] =>
    [...decodeWeight(place(shape, bytes.byteLength, { ...more, transposed: true }), bytes).data];
  expect(decode([2, 3], joined(Int32Array.of(1, 2, 3, 4, 5, 6)), { dtype: "int32" })).toEqual([1, 3, 5, 2, 4, 6]);
  const stored = joined(Float32Array.of(1, 10, 100), new Float32Array(3), Uint8Array.of(1, 2, 3, 4, 5, 6));
  expect(decode([2, 3], stored, { quantization: { dtype: "uint8", axis: 1 } })).toEqual([1, 30, 500, 2, 40, 600]);
});

test("a tensor whose numbers do not fit its shape is refused", () => {
  expect(() => decodeWeight(place([3], 8), joined(Float32Array.of(1, 2)))).toThrow(
    "The weight w has 2 numbers. Its shape [3] has 3.");
});
