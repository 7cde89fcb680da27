import { element, make } from "./dom.js";
import { milliseconds } from "./facts.js";
import type { Measurement } from "./measurement.js";

/** What is known of a backend: its numbers, or why there are none (yet). */
export type Outcome = Measurement | string;

/** A row for each backend, and how they compare. */
export class BenchmarkTable {
  private readonly table = element("benchmark-table", HTMLTableElement);
  private readonly outcomes = new Map<string, Outcome>();

  start(backends: readonly string[]): void {
    this.outcomes.clear();
    for (const backend of backends) this.outcomes.set(backend, "waiting");
    this.table.parentElement!.hidden = false;
    this.draw();
  }

  clear(): void {
    this.table.parentElement!.hidden = true;
  }

  set(backend: string, outcome: Outcome): void {
    this.outcomes.set(backend, outcome);
    this.draw();
  }

  /** What has not been measured will not be. */
  stop(): void {
    for (const [backend, outcome] of this.outcomes) {
      if (typeof outcome === "string" && !outcome.startsWith("not here")) this.outcomes.set(backend, "stopped");
    }
    this.draw();
  }

  private draw(): void {
    const measured = [...this.outcomes.values()].filter((outcome) => typeof outcome !== "string");
    const best = Math.min(...measured.map(({ whole }) => whole));
    const worst = Math.max(...measured.map(({ whole }) => whole));
    this.table.tBodies[0]!.replaceChildren(...[...this.outcomes].map(([backend, outcome]) => {
      const row = make("tr", {}, make("th", { scope: "row" }, backend));
      if (typeof outcome === "string") row.append(make("td", { colSpan: 5, className: "why" }, make("span", {}, outcome)));
      else row.append(...cells(outcome, best, worst));
      return row;
    }));
  }
}

function cells({ ready, first, whole, fastest, slowest, tokensPerSecond }: Measurement, best: number, worst: number): Node[] {
  const ratio = whole / best;
  const bar = make("span", { className: "bar" });
  // Set through the object model: a strict Content-Security-Policy forbids style attributes.
  bar.style.setProperty("--share", (whole / worst).toFixed(3));
  const range = make("span", { className: "muted range" }, ` ${fastest.toFixed(1)} to ${slowest.toFixed(1)}`);
  return [
    make("td", {}, milliseconds(whole), range),
    make("td", {}, ratio === 1 ? "fastest" : `${ratio.toFixed(ratio < 10 ? 2 : 0)} × as long`, bar),
    make("td", {}, milliseconds(first)),
    make("td", {}, tokensPerSecond.toFixed(0)),
    make("td", {}, milliseconds(ready)),
  ];
}
