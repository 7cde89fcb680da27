import { describe, expect, it } from "vitest";
import { mergeWeights, mergeWords, wordOf } from "../../../mechanics/words.js";

const texts = (tokens: string[]): string[] => mergeWords(tokens).map(({ text }) => text);

describe("tokens become words", () => {
  it("from pieces, up to the next sign for a space", () => {
    expect(texts(["▁th", "e", "▁cat", "s", "</s>"])).toEqual(["the", "cats", "</s>"]);
  });

  it("from characters, up to the next space", () => {
    expect(texts([..."3 rd", "</s>"])).toEqual(["3", "rd", "</s>"]);
    expect(texts([..." a"])).toEqual(["a"]);
  });

  it("and stay where they are words already", () => {
    expect(texts(["the", "cat", ",", "</s>"])).toEqual(["the", "cat", ",", "</s>"]);
  });

  it("with every token in exactly one of them", () => {
    for (const tokens of [[..."a  b c"], ["▁", "▁a", "b", "</s>", "c"], [], ["</s>"]]) {
      const words = mergeWords(tokens);
      expect(words.flatMap((word) => word.tokens)).toEqual(tokens.map((_, index) => index));
      tokens.forEach((_, index) => expect(words[wordOf(words, index)]!.tokens).toContain(index));
    }
  });
});

it("merged weights still add up to 1 in each row", () => {
  const source = mergeWords([..."ab c"]);
  const target = mergeWords([..."x yz"]);
  const weights = [[0.1, 0.2, 0.3, 0.4], [0, 0, 0, 1], [0.5, 0.5, 0, 0], [0.25, 0.25, 0.25, 0.25]];
  const merged = mergeWeights(weights, target, source);
  expect(merged).toHaveLength(2);
  merged.forEach((row) => expect(row.reduce((total, value) => total + value, 0)).toBeCloseTo(1, 12));
  expect(merged[0]![0]).toBeCloseTo(0.3, 12);
  expect(merged[1]![1]).toBeCloseTo((1 + 0 + 0.5) / 3, 12);
});
