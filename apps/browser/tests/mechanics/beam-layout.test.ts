import { describe, expect, it } from "vitest";
import { layOut } from "../../../mechanics/beam-layout.js";
import type { BeamNode } from "../../../mechanics/trace.js";

const node = (step: number, slot: number, parent: number | null, token: string, finished = false): BeamNode =>
  ({ step, slot, parent, token, score: -step, finished });

describe("a beam as a tree", () => {
  const beam = [node(0, 0, null, "a"), node(0, 1, null, "b"), node(1, 0, 1, "c"), node(1, 1, 0, "</s>", true),
    node(2, 0, 0, "</s>", true)];

  it("has the way to the winner marked, and that only", () => {
    const best = layOut(beam, ["b", "c", "</s>"]).filter((place) => place.best).map(({ node: { token } }) => token);
    expect(best).toEqual(["b", "c", "</s>"]);
  });

  it("lets a shorter hypothesis win", () => {
    const best = layOut(beam, ["a", "</s>"]).filter((place) => place.best);
    expect(best.map(({ node: { step, slot } }) => [step, slot])).toEqual([[0, 0], [1, 1]]);
  });

  it("knows every parent, and marks nothing where the winner is not in it", () => {
    const places = layOut(beam, ["x"]);
    expect(places.map(({ parent }) => parent?.token ?? null)).toEqual([null, null, "b", "a", "c"]);
    expect(places.some(({ best }) => best)).toBe(false);
  });
});
