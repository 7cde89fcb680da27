import type { Vector } from "./trace.js";

/** One cell of a strip: the units it stands for, and their extremes. */
export interface Pool {
  readonly first: number;
  readonly last: number;
  /** The unit furthest from zero speaks for all: an average would let opposite signs cancel out. */
  readonly value: number;
  readonly lowest: number;
  readonly highest: number;
}

/** `vector` in at most `cells` groups of neighbouring units, as equal in size as can be. */
export function pool(vector: Vector, cells: number): Pool[] {
  const count = Math.min(cells, vector.length);
  return Array.from({ length: count }, (_, index) => {
    const first = Math.floor((index * vector.length) / count);
    const last = Math.floor(((index + 1) * vector.length) / count) - 1;
    let lowest = Infinity;
    let highest = -Infinity;
    for (let unit = first; unit <= last; unit++) {
      lowest = Math.min(lowest, vector[unit]!);
      highest = Math.max(highest, vector[unit]!);
    }
    return { first, last, value: -lowest > highest ? lowest : highest, lowest, highest };
  });
}

/** The largest absolute value in all of `vectors`; 0 where there is none. */
export function largest(vectors: Iterable<Vector>): number {
  let found = 0;
  for (const vector of vectors) for (const value of vector) found = Math.max(found, Math.abs(value));
  return found;
}
