import { describe, expect, it } from "vitest";
import { bestChoices } from "../../runtime/search/best-choices.js";
import { Constraints } from "../../runtime/search/constraints.js";
import { sentence } from "./toys.js";

const LOG_PROBS = Float32Array.of(-1, -2, -0.5, -3, -0.1, -4, -5);

/** Which tokens may follow. */
function open(constraints: Constraints, written: number[], changes: Parameters<typeof sentence>[0] = {}): number[] {
  const choices = constraints.apply(LOG_PROBS, written, sentence(changes));
  return bestChoices(choices, 10).sort((a, b) => a - b);
}

describe("constraints", () => {
  it("never let padding and start be written", () => {
    expect(open(new Constraints(), [])).toEqual([1, 3, 4, 5, 6]);
  });

  it("forbid tokens, also ones that the vocabulary has not", () => {
    expect(open(new Constraints([4, 6, 99]), [])).toEqual([1, 3, 5]);
  });

  it("let no sequence occur twice", () => {
    expect(open(new Constraints([], 2), [4, 5, 6, 4])).toEqual([1, 3, 4, 6]);
    expect(open(new Constraints([], 3), [4, 5, 6, 4, 5])).toEqual([1, 3, 4, 5]);
    expect(open(new Constraints([], 3), [4, 5, 6, 5])).toEqual([1, 3, 4, 5, 6]);
    expect(open(new Constraints([], 1), [4, 5])).toEqual([1, 3, 6]);
    expect(open(new Constraints([], 3), [4])).toEqual([1, 3, 4, 5, 6]);
  });

  it("keep the end away before the minimum", () => {
    expect(open(new Constraints(), [4], { minimum: 2 })).toEqual([1, 4, 5, 6]);
    expect(open(new Constraints(), [4, 4], { minimum: 2 })).toEqual([1, 3, 4, 5, 6]);
  });

  it("end a target where nothing is left, also before its minimum", () => {
    expect(open(new Constraints([1, 4, 5, 6]), [], { minimum: 2 })).toEqual([3]);
  });

  it("give way to a prefix", () => {
    expect(open(new Constraints([4]), [], { prefix: [4, 5], minimum: 9 })).toEqual([4]);
    expect(open(new Constraints([4]), [4], { prefix: [4, 5] })).toEqual([5]);
    expect(open(new Constraints([4]), [4, 5], { prefix: [4, 5] })).toEqual([1, 3, 5, 6]);
    expect(open(new Constraints([4]), [], { prefix: [0, 5] })).toEqual([1, 3, 5, 6]);
  });

  it("make repetitions less likely, never impossible", () => {
    const choices = new Constraints([], 0, 1e9).apply(LOG_PROBS, [4, 4], sentence());
    expect(Array.from(choices)).toEqual([...LOG_PROBS.subarray(0, 4), -7500, -4, -5]);
    expect(new Constraints([], 0, 2).apply(LOG_PROBS, [5], sentence())[5]).toBe(-8);
  });

  it("leave the model's own numbers as they are", () => {
    const before = LOG_PROBS.slice();
    new Constraints([4], 1, 2).apply(LOG_PROBS, [5], sentence({ minimum: 3 }));
    expect(LOG_PROBS).toEqual(before);
  });
});

describe("the best choices", () => {
  it("are the same by either way, equal ones in order", () => {
    const values = Float32Array.from({ length: 200 }, (_, id) => -((id * 37) % 11));
    const many = bestChoices(values, 150);
    for (const number of [1, 2, 7, 32]) expect(bestChoices(values, number)).toEqual(many.slice(0, number));
    expect(many.slice(0, 3)).toEqual([11, 22, 33]);
  });
});
