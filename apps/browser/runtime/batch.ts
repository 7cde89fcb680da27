import type { Config } from "./formats.js";
import type { Tokenizer, Tokens } from "./text/tokenizer.js";

/** A text as the model reads it: cut to the model's length, the end token last. */
export interface SourceRow extends Tokens {
  /** The most target tokens, the end token included. */
  limit: number;
  /** Whether the model reads only the beginning of the text. */
  truncated: boolean;
}

/** Reads one text. */
export function sourceRow(text: string, tokenizer: Tokenizer, config: Config): SourceRow {
  const { ids, surfaces } = tokenizer.encode(text);
  const read = Math.min(ids.length, config.max_source_tokens);
  return {
    ids: [...ids.slice(0, read), config.end_id],
    surfaces: [...surfaces.slice(0, read), "</s>"],
    limit: lengthLimit(read, config.target_length),
    truncated: ids.length > read,
  };
}

/**
 * The most target tokens for a source of `tokens` tokens (its end not counted). The product is rounded to float32, as
 * in the graph; an empty source has an empty translation.
 */
export function lengthLimit(tokens: number, { factor, offset, maximum }: Config["target_length"]): number {
  if (tokens === 0) return 0;
  return Math.max(0, Math.min(maximum, offset + Math.floor(Math.fround(Math.fround(factor) * tokens))));
}

/** Source ids as one block (rows x the longest row), padding at the end. */
export function pad(rows: readonly SourceRow[], paddingId: number): { ids: Int32Array; shape: [number, number] } {
  const width = Math.max(...rows.map((row) => row.ids.length));
  const ids = new Int32Array(rows.length * width).fill(paddingId);
  rows.forEach((row, i) => ids.set(row.ids, i * width));
  return { ids, shape: [rows.length, width] };
}
