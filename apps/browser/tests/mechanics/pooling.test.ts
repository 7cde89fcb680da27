import { describe, expect, it } from "vitest";
import { largest, pool } from "../../../mechanics/pooling.js";

describe("pooling", () => {
  it("covers every unit once, in order, however they divide", () => {
    for (const units of [1, 2, 23, 24, 25, 100, 257]) {
      for (const cells of [1, 10, 24, 300]) {
        const pools = pool(Array.from({ length: units }, (_, index) => index), cells);
        expect(pools).toHaveLength(Math.min(cells, units));
        const covered = pools.flatMap(({ first, last }) =>
          Array.from({ length: last - first + 1 }, (_, index) => first + index));
        expect(covered).toEqual(Array.from({ length: units }, (_, index) => index));
      }
    }
  });

  it("shows the unit furthest from zero, its sign kept, so that opposites do not cancel out", () => {
    expect(pool([0.5, -0.9, 0.1, 0.2], 2)).toEqual([
      { first: 0, last: 1, value: -0.9, lowest: -0.9, highest: 0.5 },
      { first: 2, last: 3, value: 0.2, lowest: 0.1, highest: 0.2 }]);
  });

  it("leaves single units as they are", () => {
    expect(pool([3, -1], 9).map(({ value }) => value)).toEqual([3, -1]);
    expect(pool([], 9)).toEqual([]);
  });
});

it("finds the largest size among vectors", () => {
  expect(largest([[1, -4], [3]])).toBe(4);
  expect(largest([])).toBe(0);
});
