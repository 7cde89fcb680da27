import { describe, expect, it } from "vitest";
import { follows, momentAt, neighbour } from "../../../mechanics/moments.js";
import { Run } from "../../../mechanics/run.js";
import { HEIGHT, UnrolledLayout } from "../../../mechanics/unrolled-layout.js";
import { madeUp } from "./traces.js";

const numbers = (path: string): number[] => path.split(/[A-Z ]/).filter((part) => part !== "").map(Number);

describe("the unrolled drawing", () => {
  it.each([22, 40, 96])("leads each written token beside its successor's label into the next state: %d", (cell) => {
    const layout = new UnrolledLayout(cell, 1);
    for (const token of ["<s>", "a", "a-rather-long-word"]) {
      const found = numbers(layout.feed(3, token));
      const [x, bottom, end, top] = [found[0]!, found[1]!, found.at(-2)!, found.at(-1)!];
      expect(x).toBeGreaterThan(layout.step(2));
      expect(end).toBeLessThan(layout.step(3) - layout.width / 2);
      expect(end).toBeGreaterThan(x);
      expect(top).toBeLessThan(layout.rows.decoder + HEIGHT);
      expect(bottom).toBeGreaterThan(layout.rows.decoder + HEIGHT);
    }
  });

  it("gives the initial state the first column, and has room for the last step", () => {
    const layout = new UnrolledLayout(40, 1);
    expect(layout.step(-1)).toBe(layout.source(0));
    expect(layout.full(3, 5)).toBe(240);
    expect(layout.step(4)).toBeLessThan(240);
    expect(layout.full(9, 2)).toBe(360);
  });

  it("hands over the encoder's last states, where the decoder begins with more than zeros", () => {
    const trace = madeUp(["a", "b", "c"], ["x"]);
    expect(new Run(trace).ends).toEqual([2]);
    const matrix = trace.encoder_states.forward!;
    const both = { ...trace.encoder_states, backward: matrix };
    expect(new Run({ ...trace, encoder_states: both }).ends).toEqual([2, 0]);
    expect(new Run(trace).handsOver).toBe(true);
    expect(new Run({ ...trace, initial_state: [{ hidden: [0, 0, 0], cell: null }] }).handsOver).toBe(false);
    expect(new Run({ ...trace, initial_state: [{ hidden: [0, 0, 0], cell: [0, 1, 0] }] }).handsOver).toBe(true);
  });
});

it("a moment follows another one where time goes on by one token", () => {
  const length = { source: 3, steps: 2, phases: 4 };
  for (let moment = momentAt(0, length, false), next; ; moment = next) {
    next = neighbour(moment, 1, length, false);
    if (next === moment) break;
    expect(follows(next, moment, length)).toBe(true);
    expect(follows(moment, next, length)).toBe(false);
    expect(follows(moment, moment, length)).toBe(false);
  }
  expect(follows({ part: "decoder", index: 0, phase: 3 }, { part: "encoder", index: 1, phase: 0 }, length)).toBe(false);
});
