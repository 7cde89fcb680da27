/** Tokens of one text: ids, and the characters each of them covers (the real ones for unknown tokens too). */
export interface Tokens {
  ids: number[];
  surfaces: string[];
}

/** Text to ids and back. The end token is not its business: `encode` adds none, `decode` drops the special ids. */
export interface Tokenizer {
  /** Index = id. */
  readonly vocabulary: readonly string[];
  encode(text: string): Tokens;
  decode(ids: readonly number[]): string;
}

export const UNKNOWN_ID = 1;
/** Below this id nothing is text: padding, unknown, start, end. */
export const FIRST_TEXT_ID = 4;

/** Ids of the entries that text can match. */
export function textIds(vocabulary: readonly string[]): Map<string, number> {
  const ids = new Map<string, number>();
  for (let id = FIRST_TEXT_ID; id < vocabulary.length; id++) ids.set(vocabulary[id]!, id);
  return ids;
}

/** The readable ids as strings, `unknown` for the unknown one; padding, start and end are left out. */
export function readable(ids: readonly number[], vocabulary: readonly string[], unknown: string): string[] {
  return ids
    .filter((id) => id === UNKNOWN_ID || id >= FIRST_TEXT_ID)
    .map((id) => (id === UNKNOWN_ID ? unknown : (vocabulary[id] ?? unknown)));
}
