import type { Matrix } from "./trace.js";

/** A word and the positions of its tokens. */
export interface Word { readonly text: string; readonly tokens: readonly number[] }

/** The token that ends a sequence. */
export const END = "</s>";
/** SentencePiece's sign for a space before a piece. */
const PIECE_SPACE = "▁";

/** The tokens as words. Pieces join up to the next "▁"; characters up to the next space; words stay as they are. */
export function mergeWords(tokens: readonly string[]): Word[] {
  const pieces = tokens.some((token) => token.startsWith(PIECE_SPACE));
  const characters = !pieces && tokens.some((token) => /^\s+$/u.test(token));
  if (!pieces && !characters) return tokens.map((text, index) => ({ text, tokens: [index] }));
  const words: { text: string; tokens: number[] }[] = [];
  let open = false;
  tokens.forEach((token, index) => {
    const starts = pieces ? token.startsWith(PIECE_SPACE) : /^\s+$/u.test(token);
    if (token === END) {
      words.push({ text: token, tokens: [index] });
    } else if (open && !starts) {
      const word = words.at(-1)!;
      word.text += token;
      word.tokens.push(index);
    } else {
      // A space of its own goes to the word that it begins, so that no weight is lost.
      words.push({ text: pieces ? token.slice(1) : token, tokens: [index] });
    }
    open = token !== END;
  });
  return words.map((word) => ({ ...word, text: word.text.trim() || word.text }));
}

/** Weights of words: what a word's tokens get, added up over the source; the mean over the target's tokens. */
export function mergeWeights(weights: Matrix, target: readonly Word[], source: readonly Word[]): number[][] {
  return target.map((row) => source.map((column) => {
    let sum = 0;
    for (const step of row.tokens) for (const position of column.tokens) sum += weights[step]![position]!;
    return sum / row.tokens.length;
  }));
}

/** The place of the word that holds this token. */
export function wordOf(words: readonly Word[], token: number): number {
  return words.findIndex((word) => word.tokens.includes(token));
}
