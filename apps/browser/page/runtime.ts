/** All that the page takes from the runtime. The build leaves the runtime a file of its own, for other pages too. */
export { load, UserError } from "../runtime/index.js";
export type { BackendName, Model, ModelInfo, Progress, TokenEvent, Translation } from "../runtime/index.js";

import type { Model, TokenEvent, Translation } from "../runtime/index.js";

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

/** What the page reads in a trace; the rest is the mechanics view's business. */
export interface TraceOutline {
  source: { text: string; tokens: string[]; truncated: boolean };
}

/** A model that shows its inside. */
export interface TracingModel extends Model {
  trace(text: string, options?: { signal?: AbortSignal }): Promise<TraceOutline>;
  intervene(
    text: string,
    changes: Interventions & { signal?: AbortSignal },
  ): Promise<{ before: TraceOutline; after: TraceOutline }>;
}

/** Whether the model shows its inside. */
export function traces(model: Model): model is TracingModel {
  return "trace" in model && "intervene" in model;
}

export function alternatives(found: Translation): readonly Alternative[] {
  return (found as Translation & { nBest?: Alternative[] }).nBest ?? [found];
}
