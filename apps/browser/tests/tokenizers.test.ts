import { describe, expect, it } from "vitest";
import { UserError } from "../runtime/errors.js";
import type { TokenizerDescription } from "../runtime/formats.js";
import { createTokenizer } from "../runtime/text/create.js";
import { Normalization } from "../runtime/text/normalization.js";

const SPECIAL = ["", "<unk>", "<s>", "</s>"];
const normalization = {
  unicode: "NFC" as const,
  spaces: " \t\n\u00A0\u3000",
  lowercase: true,
  lowercase_map: { A: "a", B: "b", "\u0130": "i\u0307" },
};

function tokenizer(type: TokenizerDescription["type"], entries: string[], more: Partial<TokenizerDescription> = {}) {
  return createTokenizer({ type, normalization, vocabulary: [...SPECIAL, ...entries], punctuation: "", ...more });
}

describe("normalisation", () => {
  const apply = (text: string): string => new Normalization(normalization).apply(text);

  it("makes one space of every run of the listed spaces and none at the ends", () => {
    expect(apply(" \u3000 a\t\n b\u00A0")).toBe("a b");
    expect(apply(" \t ")).toBe("");
  });

  it("leaves spaces that are not listed", () => expect(apply("a\u2003b")).toBe("a\u2003b"));

  it("composes before it lower-cases, and lower-cases by the table only", () => {
    expect(apply("A\u030A")).toBe("\u00C5");
    expect(apply("ABC\u0130")).toBe("abCi\u0307");
  });

  it("replaces lone surrogates and keeps pairs", () => {
    expect(apply("\uD83Dx\uDE00\uD83D\uDE00")).toBe("\uFFFDx\uFFFD\u{1F600}");
  });

  it("leaves what Unicode reserves for no character to the table of spaces", () => {
    expect(apply("\uFDCF\uFDD0\uFDEF\uFDF0\uFFFF\u{10FFFE}")).toBe("\uFDCF\uFDD0\uFDEF\uFDF0\uFFFF\u{10FFFE}");
  });
});

describe("characters", () => {
  const characters = tokenizer("character", ["a", " ", "\u{1F600}"]);

  it("makes a token of every code point", () => {
    expect(characters.encode("A \u{1F600}z")).toEqual({ ids: [4, 5, 6, 1], surfaces: ["a", " ", "\u{1F600}", "z"] });
  });

  it("writes unknown as the replacement character and drops padding, start and end", () => {
    expect(characters.decode([2, 4, 1, 5, 6, 3, 0])).toBe("a\uFFFD \u{1F600}");
  });

  it("has no tokens for an empty text", () => expect(characters.encode("  ").ids).toEqual([]));
});

describe("words", () => {
  const words = tokenizer("word", ["aa", "b", ".", "</s>"], { punctuation: ".,«" });

  it("splits at spaces and makes a token of every punctuation mark", () => {
    expect(words.encode("aa.,b  «c d..")).toEqual({
      ids: [4, 6, 1, 5, 1, 1, 1, 6, 6],
      surfaces: ["aa", ".", ",", "b", "«", "c", "d", ".", "."],
    });
  });

  it("never reads the text of a special entry as that entry", () => {
    expect(words.encode("<s> <unk>").ids).toEqual([1, 1]);
  });

  it("joins with spaces", () => expect(words.decode([4, 1, 6, 3])).toBe("aa <unk> ."));
});

describe("SentencePiece", () => {
  const pieces = (entries: [string, number][], unknown = -20) =>
    tokenizer("sentencepiece", entries.map(([piece]) => piece),
      { scores: [0, 0, 0, 0, ...entries.map(([, score]) => score)], unknown_score: unknown });

  it("takes the segmentation with the highest sum", () => {
    const model = pieces([["▁", -3], ["a", -3], ["b", -3], ["▁a", -4], ["ab", -1]]);
    expect(model.encode("ab").surfaces).toEqual(["▁", "ab"]);
    expect(model.encode("a b").surfaces).toEqual(["▁a", "▁", "b"]);
  });

  it("prefers the last piece that starts earlier when sums are equal", () => {
    const model = pieces([["▁", -1], ["x", -2], ["xx", -1]]);
    expect(model.encode("xxx").surfaces).toEqual(["▁", "x", "xx"]);
  });

  it("stores sums in float32 but compares them unrounded", () => {
    // "▁a" is stored as -1. The rival's sum is above it by less than float32 can tell at that size, and wins.
    const model = pieces([["▁", -0.5], ["a", -0.49999998], ["▁a", -1]]);
    expect(model.encode("a").surfaces).toEqual(["▁", "a"]);
  });

  it("merges neighbouring unknown characters into one token that shows them", () => {
    const model = pieces([["▁", -1], ["a", -1]]);
    expect(model.encode("☃☃a☃")).toEqual({ ids: [4, 1, 5, 1], surfaces: ["▁", "☃☃", "a", "☃"] });
  });

  it("strips a space sign at the end of the text, as the encoder does", () => {
    const model = pieces([["▁", -1], ["a", -1]]);
    expect(model.encode("a▁").surfaces).toEqual(["▁", "a"]);
    expect(model.encode("▁")).toEqual({ ids: [], surfaces: [] });
  });

  it("writes text back without spaces at the ends", () => {
    const model = pieces([["▁", -1], ["▁a", -1], ["b", -1]]);
    expect(model.decode([5, 6, 5, 4, 3])).toBe("ab a");
    expect(model.decode([5, 1, 6])).toBe("a ⁇ b");
  });
});

it("refuses a type that it does not know", () => {
  expect(() => tokenizer("syllable" as never, [])).toThrow(UserError);
});
