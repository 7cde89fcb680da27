import { UserError } from "../errors.js";
import type { TokenizerDescription } from "../formats.js";
import { CharacterTokenizer } from "./character.js";
import { SentencePieceTokenizer } from "./sentencepiece.js";
import type { Tokenizer } from "./tokenizer.js";
import { WordTokenizer } from "./word.js";

/** The tokenizer that one side of tokenizer.json describes. */
export function createTokenizer(description: TokenizerDescription): Tokenizer {
  switch (description.type) {
    case "character":
      return new CharacterTokenizer(description);
    case "word":
      return new WordTokenizer(description);
    case "sentencepiece":
      return new SentencePieceTokenizer(description);
    default:
      throw new UserError(
        `tokenizer.json asks for a tokenizer of type "${String(description.type)}"`,
        "This runtime knows character, word and sentencepiece",
        "Export the model again with the version of keras_s2s that this page came with",
      );
  }
}
