import { describe, expect, it } from "vitest";
import { significant } from "../../runtime/trace/numbers.js";
import { TraceChanges } from "../../runtime/trace/trace-changes.js";
import { madeUp } from "../mechanics/traces.js";

const VOCABULARY = ["", "<unk>", "<s>", "</s>", "a", "b", "c"];
const RUN = madeUp(["x", "y"], ["a", "strange", "b", "</s>"]);

describe("changes of steps", () => {
  it("keeps what was written before a step", () => {
    const all = new TraceChanges({ forced: new Map([[2, 6]]), muted: [1] });
    const made = new TraceChanges({ muted: [1] }).withStep(2, all, RUN, VOCABULARY, 1);
    expect(made.kept).toEqual([4, 1]);
    expect([...made.searched.forced]).toEqual([[2, 6]]);
    expect([made.muted, made.steps]).toEqual([[1], [2]]);
  });

  it("does nothing where the run does so by itself", () => {
    const all = new TraceChanges({ forced: new Map([[2, 5], [3, 4]]), weights: new Map([[0, Float32Array.of(1, 0)]]) });
    const made = new TraceChanges().withStep(0, all, RUN, VOCABULARY, 1).withStep(2, all, RUN, VOCABULARY, 1);
    expect([...made.idle]).toEqual([0, 2]);
    expect([made.searched.forced.size, made.searched.weights.size, made.kept.length]).toEqual([0, 0, 0]);
    expect(made.steps).toEqual([0, 2]);
    const other = new TraceChanges({ weights: new Map([[0, Float32Array.of(0.9, 0.1)]]) });
    expect(new TraceChanges().withStep(0, other, RUN, VOCABULARY, 1).idle.size).toBe(0);
  });

  it("refuses steps that there are not", () => {
    const changes = new TraceChanges({ forced: new Map([[3, 4]]) });
    const problem = (length: number): string => `the translation ends after ${length} tokens`;
    changes.checkSteps(4, problem);
    expect(() => changes.checkSteps(3, problem)).toThrow(
      "Step 3 is to be changed, but the translation ends after 3 tokens. It should be a step from 0 to 2.");
    expect(() => changes.checkSteps(0, problem)).toThrow("there is nothing to translate");
    new TraceChanges().checkSteps(0, problem);
  });
});

describe("numbers", () => {
  it("have six significant digits", () => {
    expect(significant(Float32Array.of(1 / 3, 2, 1e-7 / 3, -30000))).toEqual([0.333333, 2, 3.33333e-8, -30000]);
    expect(() => significant([NaN])).toThrow("The model computed NaN");
  });
});
