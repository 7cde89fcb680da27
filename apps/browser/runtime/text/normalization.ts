import type { TokenizerDescription } from "../formats.js";

/**
 * The text that the tokenizers see: NFC, one space between words, none at the ends, lower case where asked for.
 *
 * Which code points are spaces and what their lower case is comes from the exporter's tables: the platform's own
 * notions (`\s`, `toLowerCase`) differ from TensorFlow's. The order of the steps is part of the format.
 */
export class Normalization {
  private readonly spaces: ReadonlySet<string>;
  private readonly lowercase: ReadonlyMap<string, string>;

  constructor(description: TokenizerDescription["normalization"]) {
    this.spaces = new Set(description.spaces);
    this.lowercase = new Map(description.lowercase ? Object.entries(description.lowercase_map) : []);
  }

  apply(text: string): string {
    let normalized = "";
    let pendingSpace = false;
    for (const codePoint of text.replace(LONE_SURROGATE, "\uFFFD").normalize("NFC")) {
      if (codePoint === " " || this.spaces.has(codePoint)) {
        pendingSpace = normalized !== "";
        continue;
      }
      normalized += (pendingSpace ? " " : "") + (this.lowercase.get(codePoint) ?? codePoint);
      pendingSpace = false;
    }
    return normalized;
  }
}

/** Lone surrogates; with the `u` flag one that is half of a pair does not match. */
const LONE_SURROGATE = /[\uD800-\uDFFF]/gu;
