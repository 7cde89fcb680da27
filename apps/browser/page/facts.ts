import { make } from "./dom.js";
import type { ModelInfo } from "./runtime.js";

/** Fills a `<dl>` with names and values. */
export function showFacts(list: HTMLElement, facts: readonly (readonly [name: string, value: string])[]): void {
  list.hidden = facts.length === 0;
  list.replaceChildren(...facts.map(([name, value]) =>
    make("div", {}, make("dt", {}, name), make("dd", {}, value))));
}

/** A time, given in milliseconds. */
export function milliseconds(value: number): string {
  if (value >= 1000) return `${(value / 1000).toFixed(2)} s`;
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

export function percentage(probability: number): string {
  return probability < 0.0001 ? "< 0.01 %" : `${(100 * probability).toPrecision(probability < 0.01 ? 2 : 3)} %`;
}

export function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** Bytes as people read them. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Which backend computes, and in which thread. */
export function computedBy({ backend, worker }: Readonly<ModelInfo>): string {
  return worker ? `${backend}, in a worker` : backend;
}
