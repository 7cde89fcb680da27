import { html } from "./dom.js";
import { follow, type Moment } from "./moments.js";
import { format, percent } from "./notation.js";
import type { Palette } from "./palette.js";
import type { Run } from "./run.js";
import type { Texts } from "./texts.js";
import type { ViewState, ViewValues } from "./view-state.js";

/** A list of tokens near an embedding, nearest first. */
export type Nearest = (embedding: readonly number[], side: "source" | "target") =>
  Promise<readonly { readonly token: string; readonly similarity: number }[]>;

/** What a view is given: a run, the values it shows, colours, texts, and ways to answer. */
export class Scene {
  constructor(
    readonly run: Run,
    private readonly state: ViewState,
    readonly palette: Palette,
    readonly texts: Texts,
    /** Shows a line with the numbers under the pointer. */
    readonly say: (text: string) => void,
    readonly nearest: Nearest | null,
    /** The run that the time belongs to: another one, where two runs stand side by side. */
    private readonly leading: Run = run,
  ) {}

  /** The present values, the moment as it is in this run. */
  get values(): ViewValues {
    const { values } = this.state;
    return this.leading === this.run ? values : { ...values, moment: follow(values.moment, this.leading, this.run) };
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
    button.addEventListener("click", () => button.replaceWith(html("span", { class: "number" }, as(value))));
    return button;
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
  /** The place has another width, in pixels. */
  resize?(width: number): void;
}
