import { describe, expect, it } from "vitest";
import { checkedForce, checkedMute, checkedRows, checkTogether } from "../../runtime/trace/intervention-checks.js";
import { swapped } from "../../runtime/trace/swap.js";

const VOCABULARY = ["", "<unk>", "<s>", "</s>", "a", "b", "hund", "hand"];
const force = (given: unknown, prefix = 0) => checkedForce(given as Record<number, string>, VOCABULARY, [0, 2], prefix);
const rows = (given: unknown, sumsToLess = false) => checkedRows(given as Record<number, number[]>, 3, sumsToLess);

describe("words are swapped", () => {
  it.each([
    ["the cat and the other", { the: "a" }, "a cat and a other"], ["cat dog", { cat: "dog", dog: "cat" }, "dog cat"],
    ["今天天气好", { 天气: "心情" }, "今天心情好"], ["a.b axb", { "a.b": "c" }, "c axb"], ["abc", { b: "$&\\1" }, "a$&\\1c"],
    ["abc", undefined, "abc"], ["abc", "", ""], ["abc", {}, "abc"], ["Ä ä", { Ä: "ö" }, "ö ä"],
    ["ab a", { a: "x", ab: "y" }, "y x"], ["[a-b]/c|d", { "[a-b]/c|d": "e" }, "e"],
  ])("%s with %j", (text, swap, expected) => {
    expect(swapped(text, swap as Record<string, string>)).toBe(expected);
  });

  it.each([
    [{ dog: "cat" }, 'The word "dog" is to be swapped'], [3, "swap is 3"], [{ cat: 3 }, 'swap is {"cat":3}'],
    [null, "swap is null"], [["cat"], 'swap is ["cat"]'], [{ "": "x" }, 'The word "" is to be swapped'],
    [{ constructor: "x" }, 'The word "constructor" is to be swapped'],
  ])("refuses %j", (swap, message) => {
    expect(() => swapped("the cat", swap as never)).toThrow(message);
  });
});

describe("tokens to be written", () => {
  it("gives ids by step", () => {
    expect(force({ 2: "hund", 0: "</s>" })).toEqual(new Map([[2, 6], [0, 3]]));
    expect(force(undefined).size).toBe(0);
    expect(force(new Map([[1, "a"]]))).toEqual(new Map([[1, 4]]));
    expect(force({ 1: "<unk>" }, 1)).toEqual(new Map([[1, 1]]));
  });

  it.each([
    [{ 0: "zebra" }, '"zebra" is to be written in step 0'], [{ 0: "hudn" }, 'such as "hund"'],
    [{ 0: "" }, '"" is to be written'], [{ 0: "<s>" }, '"<s>" is to be written'], [{ 0: null }, "null is to be written"],
    [{ [-1]: "a" }, 'force names step "-1"'], [{ "1.5": "a" }, 'step "1.5"'], [["a"], 'force is ["a"]'],
    ["a", 'force is "a"'], [{ 0: ["a"] }, '["a"] is to be written'], [{ "01": "a" }, 'step "01"'],
  ])("refuses %j", (given, message) => {
    expect(() => force(given)).toThrow(message);
  });

  it("leaves a prefix alone", () => {
    expect(() => force({ 1: "a" }, 2)).toThrow("force names step 1, where the prefix says what is written. It should "
      + "name steps from 2 on. Change the prefix in its place.");
  });
});

describe("attention rows", () => {
  it("add up to 1 afterwards", () => {
    expect(rows({ 0: [1, 0, 3] })).toEqual(new Map([[0, Float32Array.from([0.25, 0, 0.75])]]));
    expect(rows({ 4: new Float64Array([1.5e308, 0, 0.5e308]) }).get(4)).toEqual(Float32Array.from([0.75, 0, 0.25]));
    expect(rows({ 0: [1e-40, 1e-40, 0] }).get(0)).toEqual(Float32Array.from([0.5, 0.5, 0]));
    expect(rows({ 0: [0.2, 0.2, 0.1] }).get(0)![0]).toBeCloseTo(0.4);
    expect(rows({ 0: [0.2, 0.2, 0.1] }, true).get(0)![0]).toBeCloseTo(0.2);
    expect(rows({ 0: [2, 2, 1] }, true).get(0)![0]).toBeCloseTo(0.4);
  });

  it.each([
    [[1, 2], "has 2 numbers. It should have 3"], [[[1, 2, 3]], "numbers"], [["x", 1, 2], "something else than numbers"],
    [null, "something else than numbers"], [[NaN, 1, 1], "no set of weights"], [[Infinity, 1, 1], "no set of weights"],
    [[0, 0, 0], "no set of weights"], [[-1, 1, 1], "no set of weights"],
  ])("refuses %j", (row, message) => {
    expect(() => rows({ 0: row })).toThrow(message);
  });
});

describe("muted positions", () => {
  it("come sorted, each once", () => {
    expect(checkedMute([2, 0, 2], 4)).toEqual([0, 2]);
    expect(checkedMute(new Set([1]), 4)).toEqual([1]);
    expect(checkedMute(3, 4)).toEqual([3]);
    expect(checkedMute(undefined, 4)).toEqual([]);
  });

  it.each([
    [8, "Source position 8"], [-1, "Source position -1"], ["cat", 'Source position "cat"'], [[true], "position true"],
    [[0.5], "position 0.5"], [[0, 1, 2, 3], "All source positions"],
  ])("refuses %j", (mute, message) => {
    expect(() => checkedMute(mute as number, 4)).toThrow(message);
  });

  it("refuses what does not go together", () => {
    const row = new Map([[0, Float32Array.from([0.5, 0.5])]]);
    expect(() => checkTogether(row, [1], true)).toThrow("The attention row for step 0 looks at a muted position");
    expect(() => checkTogether(row, [], false)).toThrow("This model has no attention to change");
    expect(() => checkTogether(new Map(), [1], false)).toThrow("This model has no attention to change");
    checkTogether(new Map(), [], false);
    checkTogether(new Map([[0, Float32Array.from([1, 0])]]), [1], true);
  });
});
