import { describe, expect, it } from "vitest";
import { lengthLimit, pad, sourceRow } from "../runtime/batch.js";
import type { Config } from "../runtime/formats.js";
import { createTokenizer } from "../runtime/text/create.js";

const config = { max_source_tokens: 3, end_id: 3, target_length: { factor: 2, offset: 1, maximum: 6 } } as Config;
const tokenizer = createTokenizer({
  type: "character",
  normalization: { unicode: "NFC", spaces: " ", lowercase: false, lowercase_map: {} },
  vocabulary: ["", "<unk>", "<s>", "</s>", "a", "b"],
});

describe("a source row", () => {
  it("ends with the end token, which does not count towards the limit", () => {
    expect(sourceRow("ab", tokenizer, config)).toEqual({ ids: [4, 5, 3], surfaces: ["a", "b", "</s>"], limit: 5, truncated: false });
  });

  it("is cut to the model's length before the end token is added", () => {
    expect(sourceRow("aaaaa", tokenizer, config)).toMatchObject({ ids: [4, 4, 4, 3], truncated: true });
    expect(sourceRow("aaa", tokenizer, config).truncated).toBe(false);
  });

  it("of an empty text has the end token only and no target tokens", () => {
    expect(sourceRow("", tokenizer, config)).toEqual({ ids: [3], surfaces: ["</s>"], limit: 0, truncated: false });
  });
});

describe("the length limit", () => {
  it("is the offset plus the rounded-down product, at most the maximum", () => {
    expect(lengthLimit(3, { factor: 1.5, offset: 2, maximum: 100 })).toBe(6);
    expect(lengthLimit(60, { factor: 1.5, offset: 2, maximum: 50 })).toBe(50);
  });

  it("multiplies in float32, like the graph", () => {
    // In double precision the product is 434.99999999999994.
    expect(lengthLimit(100, { factor: 4.35, offset: 0, maximum: 1000 })).toBe(435);
  });

  it("is zero for no tokens, whatever the offset", () => {
    expect(lengthLimit(0, { factor: 2, offset: 9, maximum: 20 })).toBe(0);
  });
});

describe("padding", () => {
  it("fills short rows at the end", () => {
    const rows = ["a", "ab", ""].map((text) => sourceRow(text, tokenizer, config));
    expect(pad(rows, 0)).toEqual({ shape: [3, 3], ids: Int32Array.of(4, 3, 0, 4, 5, 3, 3, 0, 0) });
  });
});
