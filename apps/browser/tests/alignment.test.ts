import { describe, expect, it } from "vitest";
import { pharaoh, replaceUnknown, wordAlignment } from "../runtime/alignment.js";
import { wordsBetweenSpaces, wordsOfPieces, wordText } from "../runtime/text/words.js";

describe("words", () => {
  it("are runs of characters between spaces", () => {
    expect(wordsBetweenSpaces(["a", "b", " ", "c"])).toEqual([[0, 2], [3, 4]]);
    expect(wordsBetweenSpaces([" ", " "])).toEqual([]);
  });

  it("begin with a piece that begins with a space", () => {
    const tokens = ["\u2581low", "er", "\u2581", "日本", "<unk>", "s", "\u2581"];
    const spans = wordsOfPieces(tokens);
    expect(spans).toEqual([[0, 2], [2, 4], [4, 5], [5, 6]]);
    expect(spans.map((span) => wordText(tokens, span))).toEqual(["lower", "日本", "<unk>", "s"]);
  });
});

describe("a word alignment", () => {
  it("links each target word to the source word it looks at most, of equal ones the first", () => {
    const links = wordAlignment([[0.1, 0.9], [0.7, 0.3], [0, 0], [0.5, 0.5]], [[0, 1], [1, 2]],
      [[0, 1], [1, 2], [2, 3], [3, 4]]);
    expect(links).toEqual([[1, 0], [0, 1], [0, 3]]);
    expect(pharaoh(links)).toBe("0-1 0-3 1-0");
  });

  it("adds up the weights of a source word before it compares", () => {
    expect(wordAlignment([[0.3, 0.3, 0.4]], [[0, 2], [2, 3]], [[0, 1]])).toEqual([[0, 0]]);
  });

  it("puts source words in the place of unknown ones", () => {
    expect(replaceUnknown(["<unk>", "eats"], ["mange", "Zoé"], [[0.2, 0.8], [0.9, 0.1]], [[0, 1], [1, 2]]))
      .toEqual(["Zoé", "eats"]);
    expect(replaceUnknown(["<unk>"], ["a"], [[0]], [[0, 1]])).toEqual(["<unk>"]);
  });
});
