import type { ModelPlace } from "./model-list.js";
import type { Model } from "./runtime.js";

/** One of the page's tabs. */
export interface Tab {
  /** Another model is there. */
  enter(model: Model, place: ModelPlace): void;
  /** The model goes: what runs with it stops, what shows it is cleared. */
  leave(): void;
  /** The tab is seen, with this text to work on. Comes again whenever the text changes. */
  open(text: string): void;
}
