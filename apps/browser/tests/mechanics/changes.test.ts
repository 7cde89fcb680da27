import { expect, it } from "vitest";
import { changed } from "../../../mechanics/changes.js";
import { withWeight } from "../../../mechanics/interventions.js";
import { nearestHere } from "../../../mechanics/nearest.js";
import { Run } from "../../../mechanics/run.js";
import { madeUp } from "./traces.js";

const positions = (before: string, after: string): number[] => [...changed([...before], [...after])];

it("marks the tokens that are new", () => {
  expect(positions("abc", "abc")).toEqual([]);
  expect(positions("abc", "axc")).toEqual([1]);
  expect(positions("abc", "abxc")).toEqual([2]);
  expect(positions("abc", "ac")).toEqual([]);
  expect(positions("", "ab")).toEqual([0, 1]);
  expect(positions("1999-03", "2009-03")).toEqual([0, 1, 2]);
});

it("gives a weight to one position and scales the others", () => {
  const weights = withWeight([0.5, 0.25, 0.25], 0, 0.8);
  expect(weights[0]).toBe(0.8);
  expect(weights[1]).toBeCloseTo(0.1, 12);
  expect(weights[2]).toBeCloseTo(0.1, 12);
  expect(withWeight([1, 0, 0], 0, 0.5)).toEqual([0.5, 0.25, 0.25]);
});

it("finds the tokens of the sentence with the most similar embeddings", () => {
  const trace = { ...madeUp(["a", "b", "c", "b"], []), source_embeddings: [[1, 0], [1, 0.1], [-1, 0], [1, 0.1]] };
  const found = nearestHere(new Run(trace), "source", "a", [1, 0], 3);
  expect(found.map(({ token }) => token)).toEqual(["b"]);
  expect(found[0]!.similarity).toBeCloseTo(1 / Math.sqrt(1.01), 9);
});
