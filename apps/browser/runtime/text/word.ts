import type { TokenizerDescription } from "../formats.js";
import { Normalization } from "./normalization.js";
import { readable, textIds, UNKNOWN_ID, type Tokenizer, type Tokens } from "./tokenizer.js";
import type { Span } from "./words.js";

/** Words between spaces; every punctuation code point is a token of its own. */
export class WordTokenizer implements Tokenizer {
  readonly vocabulary: readonly string[];
  private readonly normalization: Normalization;
  private readonly ids: ReadonlyMap<string, number>;
  private readonly punctuation: ReadonlySet<string>;

  constructor(description: TokenizerDescription) {
    this.vocabulary = description.vocabulary;
    this.normalization = new Normalization(description.normalization);
    this.ids = textIds(description.vocabulary);
    this.punctuation = new Set(description.punctuation ?? "");
  }

  encode(text: string): Tokens {
    const surfaces: string[] = [];
    let word = "";
    const finishWord = (): void => {
      if (word !== "") surfaces.push(word);
      word = "";
    };
    for (const codePoint of this.normalization.apply(text)) {
      if (codePoint === " ") {
        finishWord();
      } else if (this.punctuation.has(codePoint)) {
        finishWord();
        surfaces.push(codePoint);
      } else {
        word += codePoint;
      }
    }
    finishWord();
    return { surfaces, ids: surfaces.map((surface) => this.ids.get(surface) ?? UNKNOWN_ID) };
  }

  decode(ids: readonly number[]): string {
    return this.join(readable(ids, this.vocabulary));
  }

  join(tokens: readonly string[]): string {
    return tokens.join(" ");
  }

  words(tokens: readonly string[]): Span[] {
    return tokens.map((_, place) => [place, place + 1]);
  }
}
