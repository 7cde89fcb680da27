import type { Moment } from "./moments.js";

export const VIEWS = ["run", "states", "cell", "attention", "step", "alignment", "choices"] as const;
export type ViewName = (typeof VIEWS)[number];
export type Language = "en" | "zh";
export type Theme = "auto" | "light" | "dark";
export const SPEEDS = [0.5, 1, 2, 4] as const;

/** All that decides what is on the screen, but for the traces themselves. */
export interface ViewValues {
  readonly view: ViewName;
  readonly moment: Moment;
  /** 1 black box, 2 encoder and decoder, 3 unrolled. */
  readonly zoom: 1 | 2 | 3;
  readonly playing: boolean;
  readonly speed: number;
  readonly temperature: number;
  /** The layer whose states and gates are shown, from 0; -1 the top one. */
  readonly layer: number;
  /** The unit that the user has chosen in the cell, from 0; null for none. */
  readonly unit: number | null;
  /** Every unit has a cell of its own. */
  readonly allUnits: boolean;
  /** Subword tokens are merged to words. */
  readonly words: boolean;
  /** Numbers are covered until they are clicked. */
  readonly covered: boolean;
  readonly language: Language;
  readonly theme: Theme;
  /** Large type, for a lecture room. */
  readonly present: boolean;
}

export const DEFAULTS: ViewValues = {
  view: "run", moment: { part: "encoder", index: 0, phase: 0 }, zoom: 1, playing: false, speed: 1, temperature: 1,
  layer: -1, unit: null, allUnits: false, words: false, covered: false, language: "en", theme: "auto", present: false,
};

/** Whether a view shows a step phase by phase. */
export function isFine(view: ViewName): boolean {
  return view === "step" || view === "attention";
}

export type Listener = (now: ViewValues, before: ViewValues) => void;

/** The one place where the view's values are kept. Listeners hear of every change, once a frame. */
export class ViewState {
  private current: ViewValues;
  private told: ViewValues;
  private readonly listeners = new Set<Listener>();
  private waiting = false;

  constructor(values: Partial<ViewValues> = {}, private readonly later: (run: () => void) => void = inNextFrame) {
    this.current = { ...DEFAULTS, ...values };
    this.told = this.current;
  }

  get values(): ViewValues {
    return this.current;
  }

  update(change: Partial<ViewValues>): void {
    this.current = { ...this.current, ...change };
    if (this.waiting) return;
    this.waiting = true;
    this.later(() => this.tell());
  }

  /** Adds a listener; what comes back takes it away again. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Tells the listeners now what would be told in the next frame. */
  tell(): void {
    this.waiting = false;
    const before = this.told;
    this.told = this.current;
    for (const listener of this.listeners) listener(this.current, before);
  }
}

function inNextFrame(run: () => void): void {
  requestAnimationFrame(run);
}
