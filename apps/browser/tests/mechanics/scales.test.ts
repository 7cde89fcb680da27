import { describe, expect, it } from "vitest";
import { DARK, LIGHT } from "../../../mechanics/palette.js";
import { diverging, parseColour, Ramp, reweigh, softmax, weightedSum } from "../../../mechanics/scales.js";

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("colours", () => {
  it("go through their stops and stay at the ends", () => {
    const ramp = new Ramp("#000000", "#8899aa", "#ffffff");
    expect(ramp.at(0)).toEqual([0, 0, 0]);
    expect(ramp.at(7)).toEqual([255, 255, 255]);
    expect(ramp.at(-1)).toEqual([0, 0, 0]);
    ramp.at(0.5).forEach((value, channel) =>
      expect(Math.abs(value - parseColour("#8899aa")[channel]!)).toBeLessThanOrEqual(2));
  });

  it.each([["light", LIGHT], ["dark", DARK]])("of zero is neither blue nor orange, %s", (_, { diverging: ramp }) => {
    const [red, , blue] = ramp.at(diverging(0, 3));
    expect(Math.abs(red - blue)).toBeLessThan(16);
    const [positive, negative] = [ramp.at(diverging(2, 3)), ramp.at(diverging(-2, 3))];
    expect(positive[2] - positive[0]).toBeGreaterThan(60);
    expect(negative[0] - negative[2]).toBeGreaterThan(60);
  });

  it("are centred on zero whatever the limit", () => {
    expect(diverging(0, 0)).toBe(0.5);
    expect(diverging(0, 9)).toBe(0.5);
    expect(diverging(-9, 9)).toBe(0);
    expect(diverging(4.5, 9)).toBe(0.75);
  });
});

describe("softmax", () => {
  it("adds up to 1, even of numbers that overflow", () => {
    expect(sum(softmax([1000, 999, -30_000]))).toBeCloseTo(1, 12);
    expect(softmax([1000, 1000])).toEqual([0.5, 0.5]);
  });

  it("sharpens towards 0 and flattens above 1", () => {
    const scores = [2, 1, 0];
    expect(softmax(scores, 0.05)[0]).toBeGreaterThan(0.999);
    expect(Math.max(...softmax(scores, 16))).toBeLessThan(0.36);
  });

  it("at temperature 1 leaves the model's own weights alone", () => {
    const weights = [0.2, 0.8];
    expect(reweigh([5, 1], weights, 1)).toEqual(weights);
  });

  it("keeps the window of local attention, and what lies out of its sight", () => {
    const scores = [3, 1, 9];
    const near = softmax(scores.slice(0, 2));
    const hot = reweigh(scores, [near[0]!, near[1]! * 0.5, 0], 2);
    const expected = softmax(scores.slice(0, 2), 2);
    expect(hot[0]).toBeCloseTo(expected[0]!, 9);
    expect(hot[1]).toBeCloseTo(expected[1]! * 0.5, 9);
    expect(hot[2]).toBe(0);
  });
});

it("sums vectors by their weights", () => {
  expect(weightedSum([[1, 2], [3, 4], [100, 100]], [0.25, 0.75, 0])).toEqual([2.5, 3.5]);
  expect(weightedSum([], [])).toEqual([]);
});
