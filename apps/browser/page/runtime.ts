/** All that the page takes from the runtime. The build leaves the runtime a file of its own, for other pages too. */
export { load, UserError } from "../runtime/index.js";
export type { BackendName, Model, ModelInfo, Progress, TokenEvent, Trace, Translation } from "../runtime/index.js";

import type { TokenEvent, Translation } from "../runtime/index.js";

/** What the page asks of `translate`. */
export interface Asked {
  beamSize?: number;
  nBest?: number;
  onToken?: (event: TokenEvent) => void | Promise<void>;
  signal?: AbortSignal;
}

/** One of several answers to the same text, the best first. */
export type Alternative = Pick<Translation, "text" | "score" | "logProb" | "tokens" | "attention">;

/** What the page asks of `intervene`. Steps and positions count from 0. */
export interface Interventions {
  force?: Readonly<Record<number, string>>;
  attention?: Readonly<Record<number, readonly number[]>>;
  mute?: readonly number[];
  swap?: string;
}

export function alternatives(found: Translation): readonly Alternative[] {
  return (found as Translation & { nBest?: Alternative[] }).nBest ?? [found];
}
