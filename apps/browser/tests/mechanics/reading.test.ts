import { describe, expect, it } from "vitest";
import { arithmetic, cellRows } from "../../../mechanics/cell-rows.js";
import { at, decimalsFor, fixed, format, letters, percent, shortened, signed, visible, weight } from "../../../mechanics/notation.js";
import { formulaOf } from "../../../mechanics/score-formulas.js";
import { Run } from "../../../mechanics/run.js";
import { readTrace } from "../../../mechanics/trace.js";
import { madeUp } from "./traces.js";

describe("reading a trace", () => {
  it("takes a trace as it is", () => {
    const trace = madeUp(["a"], ["b", "</s>"]);
    expect(readTrace(trace)).toBe(trace);
  });

  it.each([
    [null, /not a trace/], ["text", /not a trace/], [{}, /schema_version undefined/],
    [{ ...madeUp(["a"], ["b"]), schema_version: 2 }, /schema_version 2; version 1/],
    [{ ...madeUp(["a"], ["b"]), steps: "none" }, /no list "steps"/],
    [{ ...madeUp(["a"], ["b"]), source: null }, /no "source"/],
    [{ ...madeUp(["a"], ["b"]), steps: [] }, /1 target_tokens but 0 steps/],
  ])("says what is wrong with %o", (data, message) => {
    expect(() => readTrace(data)).toThrow(message);
  });

  it("spells what was written: pieces and words with their spaces, without the end", () => {
    const spelled = (tokens: string[]): string => {
      const run = new Run(madeUp(["a"], tokens));
      return tokens.map((_, index) => run.spelled(index)).join("");
    };
    expect(spelled(["▁der", "▁Hu", "nd", "</s>"])).toBe("der Hund");
    expect(spelled(["der", "Hund", "</s>"])).toBe("der Hund");
    expect(spelled([..."1999-03", "</s>"])).toBe("1999-03");
  });

  it("names what has no tokens by its place", () => {
    const source = { text: null, tokens: null, frames: [[0, 0.1], [0.1, 0.2]] as const, grid: null, picture: null };
    expect(new Run(madeUp(["a", "b"], ["x"], { kind: "audio", source })).sourceTokens).toEqual(["0.00 s", "0.10 s"]);
  });

  it("does not let positions that may not be looked at set the scale of the scores", () => {
    const trace = madeUp(["a", "b"], ["x"]);
    const steps = [{ ...trace.steps[0]!, scores: [1.5, -30_000] }];
    expect(new Run({ ...trace, steps }).limits.score).toBe(1.5);
  });
});

describe("how numbers and tokens are written", () => {
  it.each([[0, "0"], [0.41234, "0.412"], [-0.5, "−0.500"], [12.345, "12.3"], [-0.00002, "−2e−5"], [12345, "12345"]])(
    "%d is %s", (value, text) => expect(format(value)).toBe(text));

  it("has no sign before what rounds to nothing", () => {
    expect([-0.000006, 0, -0.0006, -12.0931].map(signed)).toEqual(["0.000", "0.000", "−0.001", "−12.093"]);
  });

  it("gives the numbers of a column as many decimals as the largest leaves room for", () => {
    expect([0.5, 9.99, 10, 120, 4000].map(decimalsFor)).toEqual([3, 3, 2, 1, 0]);
    expect([-12.4321, -6.4, 0.00001, -0.00001].map((value) => fixed(value, 2))).toEqual(
      ["−12.43", "−6.40", "0.00", "0.00"]);
  });

  it("never says all or nothing of what is almost so", () => {
    expect([1, 0.99999, 0.5, 0.00001, 0].map(percent)).toEqual(["100.0 %", ">99.9 %", "50.0 %", "<0.1 %", "0.0 %"]);
    expect([0, 0.0001, 0.1234, 1].map(weight)).toEqual(["0.000", "<0.001", "0.123", "1.000"]);
  });

  it("shows spaces, counts in subscripts, and cuts no emoji apart", () => {
    expect(visible("a b\n")).toBe("a␣b⏎");
    expect(at("s", 120)).toBe("s₁₂₀");
    expect(shortened("👨‍👩‍👧‍👦👨‍👩‍👧‍👦x", 2)).toBe("👨‍👩‍👧‍👦…");
    expect(letters("a日👨‍👩‍👧‍👦")).toBe(5);
  });
});

describe("the inside of a cell", () => {
  const state = (hidden: number, cell: number | null = null) => ({ hidden: [hidden], cell: cell === null ? null : [cell] });

  it("does the arithmetic of a GRU", () => {
    const gates = { update: [0.25], reset: [0.5], candidate: [-1] };
    const [line] = arithmetic(0, gates, state(0.8), state(0.25 * 0.8 - 0.75));
    expect(line).toMatchObject({ name: "hidden", terms: [[0.25, 0.8], [0.75, -1]] });
  });

  it("does the arithmetic of an LSTM, and leaves out what the numbers do not fulfil", () => {
    const gates = { input: [0.5], forget: [0.25], candidate: [1], output: [0.5] };
    const cell = 0.25 * 2 + 0.5;
    expect(arithmetic(0, gates, state(0, 2), state(0.5 * Math.tanh(cell), cell)).map(({ name }) => name))
      .toEqual(["cell", "hidden"]);
    expect(arithmetic(0, gates, state(0, 2), state(0.9, cell)).map(({ name }) => name)).toEqual(["cell"]);
  });

  it("shows the vectors in the order in which they come about", () => {
    const [step] = madeUp(["a"], ["b"]).steps;
    const kinds = (change: object): string[] => cellRows({ ...step!, ...change }, 0).map(({ kind }) => kind);
    expect(kinds({})).toEqual(["previousState", "newState"]);
    expect(kinds({ gates: [{ update: [], reset: [], candidate: [] }] }))
      .toEqual(["previousState", "reset", "candidate", "update", "newState"]);
    expect(kinds({ gates: [{ input: [], forget: [], candidate: [], output: [] }], previous_state: [state(0, 0)],
      state: [state(0, 0)] })).toEqual(
      ["previousState", "previousCell", "forget", "input", "candidate", "newCell", "output", "newState"]);
  });
});

it.each([["dot", "q · h"], ["local", "q · W h,  × exp(−(j − p)² / 2σ²)"], ["local_dot", "q · h,  × exp(−(j − p)² / 2σ²)"],
  ["normalized_bahdanau", "g v/|v| · tanh(W q + U h + b)"], ["MyOwnAttention", "MyOwnAttention"]])(
  "the score %s is %s", (name, formula) => expect(formulaOf(name)).toBe(formula));
