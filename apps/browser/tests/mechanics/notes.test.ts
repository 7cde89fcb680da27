import { describe, expect, it } from "vitest";
import { nearestHere } from "../../../mechanics/nearest.js";
import { signNotes, sourceNotes } from "../../../mechanics/notes.js";
import { Run } from "../../../mechanics/run.js";
import { textsIn } from "../../../mechanics/texts.js";
import { madeUp } from "./traces.js";

const TEXTS = textsIn("en");

describe("what is to be known of a run", () => {
  const run = (truncated?: boolean | null): Run => {
    const trace = madeUp(["▁a", "▁b", "</s>"], ["c", " ", "</s>"]);
    return new Run({ ...trace, source: { ...trace.source, ...(truncated === undefined ? {} : { truncated }) } });
  };

  it("says how many tokens of a text that is too long were read, once for two runs", () => {
    expect(sourceNotes([run(true), run(true)], TEXTS)).toEqual([TEXTS.truncated(2)]);
    expect(TEXTS.truncated(2)).toContain("first 2 tokens");
  });

  it("says nothing where all was read, nor of traces that do not know", () => {
    expect([false, null, undefined].map((value) => sourceNotes([run(value)], TEXTS))).toEqual([[], [], []]);
  });

  it("explains the signs that there are", () => {
    expect(signNotes([run()], TEXTS)).toEqual([TEXTS.signs.piece, TEXTS.signs.space]);
    expect(signNotes([new Run(madeUp(["a", "</s>"], ["b", "</s>"]))], TEXTS)).toEqual([]);
  });
});

describe("the nearest tokens of the sentence", () => {
  it("are none that are still to be written", () => {
    const trace = madeUp(["a", "</s>"], ["x", "y", "z", "</s>"]);
    const steps = trace.steps.map((step) => ({ ...step, input_embedding: [1, 0] }));
    const near = (known: number): string[] =>
      nearestHere(new Run({ ...trace, steps }), "target", "x", [1, 0], 5, known).map(({ token }) => token);
    expect(near(2)).toEqual(["<s>"]);
    expect(near(3)).toEqual(["<s>", "y"]);
    expect(near(4)).toEqual(["<s>", "y", "z"]);
  });
});
