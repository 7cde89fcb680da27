import { html } from "./dom.js";
import type { Ask } from "./interventions.js";
import { follow, type Moment } from "./moments.js";
import type { Nearest } from "./nearest.js";
import { format, percent } from "./notation.js";
import type { Palette } from "./palette.js";
import type { Run } from "./run.js";
import type { Texts } from "./texts.js";
import type { ViewState, ViewValues } from "./view-state.js";

/** What a scene is made of. */
export interface Given {
  readonly run: Run;
  readonly state: ViewState;
  readonly palette: Palette;
  readonly texts: Texts;
  /** Shows a line with the numbers under the pointer. */
  readonly say: (text: string) => void;
  readonly nearest: Nearest | null;
  /** The run that the time belongs to: another one, where two runs stand side by side. */
  readonly leading: Run;
  /** Target tokens that the other of two runs did not write. */
  readonly news: ReadonlySet<number>;
  /** Asks the page for a change; null where it can make none. */
  readonly ask: Ask | null;
}

/** What a view is given: a run, the values it shows, colours, texts, and ways to answer. */
export class Scene {
  readonly run: Run;
  readonly palette: Palette;
  readonly texts: Texts;
  readonly say: (text: string) => void;
  readonly nearest: Nearest | null;
  readonly news: ReadonlySet<number>;
  readonly ask: Ask | null;
  private readonly state: ViewState;
  private readonly leading: Run;

  constructor(given: Given) {
    ({ run: this.run, palette: this.palette, texts: this.texts, say: this.say, nearest: this.nearest,
      news: this.news, ask: this.ask, state: this.state, leading: this.leading } = given);
  }

  /** The present values, the moment as it is in this run. */
  get values(): ViewValues {
    const { values } = this.state;
    return this.leading === this.run ? values : { ...values, moment: follow(values.moment, this.leading, this.run) };
  }

  /** Why there is nothing of the decoder to be seen, before its first step. */
  get waiting(): { readonly text: string; readonly caption: string } {
    const { texts } = this;
    return this.run.length.steps === 0 ? { text: texts.nothingWritten, caption: texts.captions.silent }
      : { text: texts.nothingYet, caption: texts.captions.waiting };
  }

  set(change: Partial<ViewValues>): void {
    this.state.update(change);
  }

  /** Goes to a moment, and stays there. */
  go(moment: Moment): void {
    this.state.update({ moment, playing: false });
  }

  /** Goes to the end of a step. */
  goToStep(index: number): void {
    this.go({ part: "decoder", index, phase: this.run.phases.length - 1 });
  }

  /** A number in a running text: nothing of it while numbers are covered. */
  shown(value: number, as: (value: number) => string = format): string {
    return this.values.covered ? "?" : as(value);
  }

  /** A number that can be covered: then a button that uncovers it. */
  number(value: number, as: (value: number) => string = format): HTMLElement {
    if (!this.values.covered) return html("span", { class: "number" }, as(value));
    const button = html("button", { class: "number covered", type: "button", "aria-label": this.texts.uncover }, "?");
    button.addEventListener("click", () => {
      const uncovered = html("span", { class: "number", tabindex: -1 }, as(value));
      button.replaceWith(uncovered);
      uncovered.focus({ preventScroll: true });
    });
    return button;
  }

  /** Writes a number into an element that is there already. */
  write(element: HTMLElement, value: number, as: (value: number) => string): void {
    if (this.values.covered) element.replaceChildren(this.number(value, as));
    else if (element.textContent !== as(value)) element.textContent = as(value);
  }

  percent(value: number): HTMLElement {
    return this.number(value, percent);
  }
}

/** One way to look at a run. A new one is made when anything but the moment or the temperature changes. */
export interface View {
  readonly element: HTMLElement;
  /** Shows these values; called at least once. */
  update(values: ViewValues): void;
  /** What can be seen now, in a sentence. */
  caption(values: ViewValues): string;
  /** The place has another width, or so many pixels in its height are in sight at once. */
  resize?(width: number, room: number): void;
  /** Where something happens at this moment: it is to be in sight. */
  active?(): Element | null;
}
