import { BenchmarkTable } from "./benchmark-table.js";
import { element } from "./dom.js";
import { describe } from "./loading.js";
import { measure } from "./measurement.js";
import type { ModelPlace } from "./model-list.js";
import type { BackendName, Model } from "./runtime.js";
import type { Tab } from "./tab.js";

const BACKENDS: readonly BackendName[] = ["wasm", "cpu", "webgl", "webgpu"];

/** The tab Benchmark: the same translation on each backend that works here. */
export class BenchmarkTab implements Tab {
  private readonly start = element("benchmark-start", HTMLButtonElement);
  private readonly stop = element("benchmark-stop", HTMLButtonElement);
  private readonly runs = element("benchmark-runs", HTMLSelectElement);
  private readonly status = element("benchmark-status", HTMLElement);
  private readonly quoted = element("benchmark-text", HTMLElement);
  private readonly table = new BenchmarkTable();
  private place: ModelPlace | undefined;
  private text = "";
  private running: AbortController | undefined;

  constructor() {
    this.start.addEventListener("click", () => void this.measureAll());
    this.stop.addEventListener("click", () => this.running?.abort());
  }

  enter(_model: Model, place: ModelPlace): void {
    this.place = place;
    this.start.disabled = false;
  }

  leave(): void {
    this.running?.abort();
    this.running = undefined;
    this.place = undefined;
    this.start.disabled = true;
    this.table.clear();
    this.finish("");
  }

  open(text: string): void {
    this.text = text;
    this.quoted.textContent = text.trim() === "" ? "(no text)" : text;
  }

  private async measureAll(): Promise<void> {
    const { place, text } = this;
    if (place === undefined) return;
    if (text.trim() === "") {
      this.status.textContent = "There is nothing to translate yet: write something under Translate.";
      return;
    }
    const run = new AbortController();
    const runs = Number(this.runs.value);
    this.running = run;
    this.table.start(BACKENDS);
    this.start.disabled = true;
    this.stop.hidden = false;
    this.stop.focus();
    for (const backend of BACKENDS) {
      this.status.textContent = `Measuring ${backend} …`;
      this.table.set(backend, "starting");
      try {
        const found = await measure(place.path, backend, text, runs, run.signal,
          (number) => { if (!run.signal.aborted) this.table.set(backend, `run ${number} of ${runs}`); });
        if (this.running === run) this.table.set(backend, found);
      } catch (error) {
        // One that does not start here is a result, too.
        if (!run.signal.aborted) this.table.set(backend, `not here: ${describe(error, "it failed")}`);
      }
      if (this.running !== run) return;
      if (run.signal.aborted) break;
    }
    this.running = undefined;
    if (run.signal.aborted) this.table.stop();
    this.finish(run.signal.aborted ? "Stopped." : `Done: medians of ${runs} translations.`);
  }

  private finish(message: string): void {
    this.status.textContent = message;
    const focused = document.activeElement === this.stop;
    this.stop.hidden = true;
    this.start.disabled = this.place === undefined;
    if (focused) this.start.focus();
  }
}
