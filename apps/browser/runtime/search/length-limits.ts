import type { Config } from "../formats.js";
import type { Decided } from "./decoding-options.js";

/** More than any limit is enough. */
const MOST = 1e6;

/** How long a translation may be, and must be. */
export interface Lengths {
  /** The most tokens, the end token included; 0 for an empty source. */
  limit: number;
  /** The fewest before the end token. */
  minimum: number;
}

/**
 * Limits of a source of `tokens` tokens, its end token not counted. What follows a prefix may be as long as a whole
 * target, as far as the maximum allows. Products are rounded to float32, as in the graph.
 */
export function lengthsOf(
  tokens: number,
  prefixTokens: number | undefined,
  { minLength, minLengthRatio, maxLength, maxLengthRatio }: Decided,
  { factor, offset, maximum }: Config["target_length"],
): Lengths {
  if (tokens === 0) return { limit: 0, minimum: 0 };
  const times = (ratio: number): number => Math.min(Math.floor(Math.fround(Math.fround(ratio) * tokens)), MOST);
  let limit = maxLength ?? Math.min(offset + times(factor), maximum);
  if (maxLengthRatio !== null) limit = Math.min(limit, Math.max(times(maxLengthRatio), 1));
  if (prefixTokens !== undefined) limit = Math.min(limit + prefixTokens, maxLength ?? maximum);
  return { limit: Math.max(0, limit), minimum: Math.min(Math.max(minLength, times(minLengthRatio)), limit - 1) };
}
