import type { Run } from "./run.js";
import type { Texts } from "./texts.js";
import { END } from "./words.js";

/** What is to be known of the source: that only its beginning was read, where that is so. */
export function sourceNotes(runs: readonly Run[], texts: Texts): string[] {
  const notes = runs.filter(({ trace }) => trace.source.truncated === true).map(({ sourceTokens: tokens }) =>
    texts.truncated(tokens.length - (tokens.at(-1) === END ? 1 : 0)));
  return [...new Set(notes)];
}

/** The signs that stand for what cannot be seen, as far as these runs have any. */
export function signNotes(runs: readonly Run[], texts: Texts): string[] {
  const tokens = runs.flatMap((run) => [...run.sourceTokens, ...run.targetTokens]);
  return [...(tokens.some((token) => token.includes("▁")) ? [texts.signs.piece] : []),
    ...(tokens.some((token) => /[ \u00a0]/.test(token)) ? [texts.signs.space] : [])];
}
