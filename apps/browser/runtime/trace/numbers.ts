import { UserError } from "../errors.js";
import type { Values } from "../search/run.js";
import type { Matrix, Vector } from "./trace.js";

/** Numbers as a trace has them: with six significant digits. */
export function significant(values: ArrayLike<number>): number[] {
  return Array.from(values, significantNumber);
}

/** One number with six significant digits. Refuses what JSON has not. */
export function significantNumber(value: number): number {
  if (!Number.isFinite(value)) {
    throw new UserError(
      `The model computed ${value}`,
      "It should compute finite numbers",
      "Its weights are broken: train anew, with a smaller learning rate",
    );
  }
  return Number(value.toPrecision(6));
}

/** The first row of a tensor (rows, width). */
export function vector({ data, shape }: Values): Vector {
  return significant(data.subarray(0, shape[1]));
}

/** The first row of a tensor (rows, time, width), as `time` vectors. */
export function matrix({ data, shape }: Values): Matrix {
  const [, time, width] = shape as [number, number, number];
  return Array.from({ length: time }, (_, place) => significant(data.subarray(place * width, (place + 1) * width)));
}
