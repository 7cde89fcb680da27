import { UNKNOWN_ID } from "../ids.js";
import type { Span } from "./words.js";

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
  /** The text of token strings without start and end; `<unk>` stands for an unknown one. */
  join(tokens: readonly string[]): string;
  /** Which tokens make up each word of a text, from its tokens without the end token. */
  words(tokens: readonly string[]): Span[];
}

export { UNKNOWN_ID };
export const UNKNOWN_TOKEN = "<unk>";
/** Below this id nothing is text: padding, unknown, start, end. */
export const FIRST_TEXT_ID = 4;

/** Ids of the entries that text can match. */
export function textIds(vocabulary: readonly string[]): Map<string, number> {
  const ids = new Map<string, number>();
  for (let id = FIRST_TEXT_ID; id < vocabulary.length; id++) ids.set(vocabulary[id]!, id);
  return ids;
}

/** Whether an id stands for something to read: padding, start and end do not. */
export function isReadable(id: number): boolean {
  return id === UNKNOWN_ID || id >= FIRST_TEXT_ID;
}

/** The readable ids as token strings. */
export function readable(ids: readonly number[], vocabulary: readonly string[]): string[] {
  return ids.filter(isReadable).map((id) => (id === UNKNOWN_ID ? UNKNOWN_TOKEN : (vocabulary[id] ?? UNKNOWN_TOKEN)));
}
