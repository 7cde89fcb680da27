import { element, make } from "./dom.js";

const BEAMS = [1, 2, 3, 5, 8, 10];

/** How many hypotheses the search follows, and how many of them are shown. */
export class SearchOptions {
  private readonly beam = element("beam", HTMLSelectElement);
  private readonly best = element("best", HTMLSelectElement);

  /** `onChange` hears when the visitor chose another number. */
  constructor(onChange: () => void) {
    this.beam.append(...BEAMS.map((size) => make("option", { value: String(size) }, size === 1 ? "1 (greedy)" : `${size}`)));
    this.offer();
    this.beam.addEventListener("change", () => {
      // Who asks for a beam wants to see what it found.
      this.offer(this.bestSize === 1 ? Math.min(3, this.beamSize) : this.bestSize);
      onChange();
    });
    this.best.addEventListener("change", onChange);
  }

  get beamSize(): number { return Number(this.beam.value); }
  get bestSize(): number { return Number(this.best.value); }

  /** Takes over what an address says. */
  set(beamSize: number | null, best: number | null): void {
    this.beam.value = String(BEAMS.filter((size) => size <= (beamSize ?? 1)).at(-1) ?? 1);
    this.offer(best ?? 1);
  }

  private offer(chosen = 1): void {
    const sizes = BEAMS.filter((size) => size <= this.beamSize);
    this.best.replaceChildren(...sizes.map((size) => make("option", { value: String(size) }, `${size}`)));
    this.best.value = String(sizes.filter((size) => size <= chosen).at(-1) ?? 1);
    this.best.disabled = sizes.length === 1;
  }
}
