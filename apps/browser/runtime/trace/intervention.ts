import { matchingBlocks } from "./matching-blocks.js";
import type { Trace } from "./trace.js";

/** A run and what became of it. */
export interface Intervention {
  /** The run as the model wrote it by itself. */
  before: Trace;
  /** The run with the changes. */
  after: Trace;
  /** Positions of target tokens of `after` that are new or other than before, in order. */
  changed: number[];
  /** Positions of target tokens of `before` that are gone or other afterwards, in order. */
  removed: number[];
}

/** Holds two runs against each other. */
export function intervention(before: Trace, after: Trace): Intervention {
  return { before, after, ...differences(before.target_tokens, after.target_tokens) };
}

/** Places of what is not common to both lists. */
export function differences(
  before: readonly string[],
  after: readonly string[],
): Pick<Intervention, "changed" | "removed"> {
  const removed = new Set(before.keys());
  const changed = new Set(after.keys());
  for (const { first, second, length } of matchingBlocks(before, after)) {
    for (let place = 0; place < length; place++) {
      removed.delete(first + place);
      changed.delete(second + place);
    }
  }
  return { changed: [...changed], removed: [...removed] };
}
