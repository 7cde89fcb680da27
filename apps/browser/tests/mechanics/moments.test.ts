import { describe, expect, it } from "vitest";
import { clampTo, follow, momentAt, neighbour, placeOf, places } from "../../../mechanics/moments.js";
import { phasesOf } from "../../../mechanics/phases.js";

const LENGTH = { source: 3, steps: 2, phases: 7 };
const PHASES = phasesOf({ attend_order: "after", context_use: null, readout: "attention_vector" });

describe("the time slider", () => {
  it("has a place for every phase, and finds the moment of a place again", () => {
    expect(places(LENGTH)).toBe(35);
    for (let place = LENGTH.source * LENGTH.phases; place < places(LENGTH); place++) {
      expect(placeOf(momentAt(place, LENGTH, true), LENGTH)).toBe(place);
    }
  });

  it("goes forward through all of a run and back the same way", () => {
    for (const fine of [true, false]) {
      const way = [momentAt(0, LENGTH, fine)];
      for (let next = neighbour(way[0]!, 1, LENGTH, fine); next !== way.at(-1); next = neighbour(next, 1, LENGTH, fine)) {
        way.push(next);
      }
      expect(way).toHaveLength(fine ? 3 + 2 * 7 : 5);
      for (let index = way.length - 1; index > 0; index--) {
        expect(neighbour(way[index]!, -1, LENGTH, fine)).toEqual(way[index - 1]);
      }
    }
  });

  it("stays inside, also of a run that wrote nothing", () => {
    expect(momentAt(-5, LENGTH, true)).toEqual({ part: "encoder", index: 0, phase: 0 });
    expect(momentAt(999, LENGTH, false)).toEqual({ part: "decoder", index: 1, phase: 6 });
    const empty = { source: 1, steps: 0, phases: 7 };
    expect(clampTo({ part: "decoder", index: 4, phase: 2 }, empty)).toEqual({ part: "encoder", index: 0, phase: 0 });
    expect(neighbour(momentAt(0, empty, false), 1, empty, false)).toEqual(momentAt(0, empty, false));
  });

  it("finds the same phase in a run of another kind, else the end of the step", () => {
    const from = { length: LENGTH, phases: PHASES };
    const before = phasesOf({ attend_order: "before", context_use: null, readout: "deep" });
    const plain = phasesOf({ attend_order: null, context_use: "initial", readout: "state" });
    const scores = { part: "decoder" as const, index: 1, phase: PHASES.indexOf("scores") };
    expect(before[follow(scores, from, { length: LENGTH, phases: before }).phase]).toBe("scores");
    const other = follow(scores, from, { length: { ...LENGTH, phases: plain.length }, phases: plain });
    expect(plain[other.phase]).toBe("choose");
  });
});

describe("the phases of a step", () => {
  it("come in the order of the model", () => {
    expect(PHASES).toEqual(["input", "cell", "scores", "weights", "context", "combine", "choose"]);
    expect(phasesOf({ attend_order: "before", context_use: null, readout: "state" }))
      .toEqual(["input", "scores", "weights", "context", "cell", "choose"]);
    expect(phasesOf({ attend_order: null, context_use: "both", readout: "deep" }))
      .toEqual(["input", "context", "cell", "combine", "choose"]);
    expect(phasesOf({ attend_order: null, context_use: "initial", readout: "state" }))
      .toEqual(["input", "cell", "choose"]);
  });
});
