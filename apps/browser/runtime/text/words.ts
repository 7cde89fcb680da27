/** Tokens from one place to before another that make up a word. */
export type Span = readonly [start: number, end: number];

/** SentencePiece's sign for a space; it begins the first piece of a word. */
const PIECE_SPACE = "\u2581";

/** The tokens of the text itself: the end token is left out. */
export function withoutEnd(tokens: readonly string[]): readonly string[] {
  return tokens.at(-1) === "</s>" ? tokens.slice(0, -1) : tokens;
}

/** Runs of characters between spaces. */
export function wordsBetweenSpaces(tokens: readonly string[]): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const [place, token] of [...tokens, " "].entries()) {
    if (token !== " ") continue;
    if (place > start) spans.push([start, place]);
    start = place + 1;
  }
  return spans;
}

/**
 * A piece that begins with a space starts a word; a space alone belongs to the word that follows, and to none at the
 * end. An unknown piece is a word of its own.
 */
export function wordsOfPieces(tokens: readonly string[]): Span[] {
  const spans: Span[] = [];
  let start = 0;
  let hasText = false;
  let afterUnknown = false;
  for (const [place, token] of tokens.entries()) {
    const unknown = token === "<unk>";
    if (hasText && (afterUnknown || unknown || token.startsWith(PIECE_SPACE))) {
      spans.push([start, place]);
      start = place;
      hasText = false;
    }
    hasText ||= withoutSpaces(token) !== "";
    afterUnknown = unknown;
  }
  return hasText ? [...spans, [start, tokens.length]] : spans;
}

/** The word of a span, without SentencePiece's spaces around it. */
export function wordText(tokens: readonly string[], [start, end]: Span): string {
  return withoutSpaces(tokens.slice(start, end).join(""));
}

function withoutSpaces(text: string): string {
  return text.replace(/^\u2581+|\u2581+$/g, "");
}
