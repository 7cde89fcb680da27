import type { TokenizerDescription } from "../formats.js";
import { Normalization } from "./normalization.js";
import { readable, textIds, UNKNOWN_ID, UNKNOWN_TOKEN, type Tokenizer, type Tokens } from "./tokenizer.js";
import { type Span, wordsBetweenSpaces } from "./words.js";

/** One token a code point. */
export class CharacterTokenizer implements Tokenizer {
  readonly vocabulary: readonly string[];
  private readonly normalization: Normalization;
  private readonly ids: ReadonlyMap<string, number>;

  constructor(description: TokenizerDescription) {
    this.vocabulary = description.vocabulary;
    this.normalization = new Normalization(description.normalization);
    this.ids = textIds(description.vocabulary);
  }

  encode(text: string): Tokens {
    const surfaces = [...this.normalization.apply(text)];
    return { surfaces, ids: surfaces.map((surface) => this.ids.get(surface) ?? UNKNOWN_ID) };
  }

  decode(ids: readonly number[]): string {
    return this.join(readable(ids, this.vocabulary));
  }

  join(tokens: readonly string[]): string {
    return tokens.map((token) => (token === UNKNOWN_TOKEN ? "\uFFFD" : token)).join("");
  }

  words(tokens: readonly string[]): Span[] {
    return wordsBetweenSpaces(tokens);
  }
}
