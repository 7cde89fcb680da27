import { html } from "../dom.js";
import type { Scene, View } from "../scene.js";
import { visible } from "../notation.js";
import type { ViewValues } from "../view-state.js";
import { BlackBox } from "./black-box.js";
import { EncoderDecoder } from "./encoder-decoder.js";
import { close, open } from "./opening.js";
import { Unrolled } from "./unrolled.js";

type Zoom = ViewValues["zoom"];

/** One zoom of a run. */
export interface ZoomedView extends Pick<View, "element" | "update" | "resize" | "active"> {
  /** The part that opens to the next zoom; null in the last one. */
  readonly door: HTMLElement | null;
}

const ZOOMS: Readonly<Record<Zoom, new (scene: Scene) => ZoomedView>> = { 1: BlackBox, 2: EncoderDecoder, 3: Unrolled };

/** Three zooms of the same run: a black box, its two halves, and the halves unrolled in time. */
export class RunView implements View {
  readonly element = html("div", { class: "run-view" });
  private readonly buttons: readonly HTMLButtonElement[];
  private zoom: Zoom;
  private inner: ZoomedView;
  private width = 0;
  private room = 0;

  constructor(private readonly scene: Scene) {
    const { texts, values } = scene;
    this.buttons = texts.zooms.map((label, index) => {
      const button = html("button", { type: "button" }, label);
      button.addEventListener("click", () => scene.set({ zoom: (index + 1) as Zoom }));
      return button;
    });
    this.zoom = values.zoom;
    this.inner = new ZOOMS[this.zoom](scene);
    this.element.append(html("div", { class: "segments", role: "group" }, ...this.buttons), this.inner.element);
    this.press();
  }

  update(values: ViewValues): void {
    const from = this.inner;
    const nearer = values.zoom > this.zoom;
    if (values.zoom === this.zoom) return from.update(values);
    const focused = from.element.contains((this.element.getRootNode() as Partial<ShadowRoot>).activeElement ?? null);
    const [box, door] = [from.element.getBoundingClientRect(), from.door?.getBoundingClientRect()];
    const ground = from.door === null ? "" : getComputedStyle(from.door).backgroundColor;
    this.zoom = values.zoom;
    this.inner = new ZOOMS[this.zoom](this.scene);
    from.element.replaceWith(this.inner.element);
    this.inner.update(values);
    if (this.width > 0) this.inner.resize?.(this.width, this.room);
    this.press();
    // What was opened with the keyboard is gone: go on from what can be opened next.
    if (focused) (this.inner.element.querySelector<HTMLElement>("[data-open]") ?? this.buttons[this.zoom - 1]!).focus();
    if (nearer && door !== undefined) open(this.element, this.inner.element, door, ground);
    else if (this.inner.door !== null) close(this.element, this.inner.door, box);
  }

  resize(width: number, room: number): void {
    [this.width, this.room] = [width, room];
    this.inner.resize?.(width, room);
  }

  active(): Element | null {
    return this.inner.active?.() ?? null;
  }

  caption(values: ViewValues): string {
    const { run, texts: { captions } } = this.scene;
    const { part, index } = values.moment;
    if (part === "decoder") {
      const token = visible(run.targetTokens[index]!);
      if (values.zoom === 1) return captions.blackBoxWrites(token);
      if (run.attends) return captions.looks(token, visible(run.sourceTokens[run.focus(index)]!));
      return captions.writes(token);
    }
    if (values.zoom === 1) return captions.blackBox;
    const token = visible(run.sourceTokens[index]!);
    const { forward, backward } = run.trace.encoder_states;
    const other = visible(run.sourceTokens[run.length.source - 1 - index]!);
    if (forward !== null && backward !== null) return captions.readsBoth(token, other);
    return captions.reads(forward !== null ? token : other);
  }

  private press(): void {
    this.buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(index + 1 === this.zoom)));
  }
}
