import { emerge, html } from "../dom.js";
import type { Scene, View } from "../scene.js";
import { visible } from "../notation.js";
import type { ViewValues } from "../view-state.js";
import { BlackBox } from "./black-box.js";
import { EncoderDecoder } from "./encoder-decoder.js";
import { Unrolled } from "./unrolled.js";

/** Three zooms of the same run: a black box, its two halves, and the halves unrolled in time. */
export class RunView implements View {
  readonly element = html("div", { class: "run-view" });
  private readonly inner: Pick<View, "element" | "update" | "resize">;

  constructor(private readonly scene: Scene) {
    const { texts, values } = scene;
    const buttons = texts.zooms.map((label, index) => {
      const button = html("button", { type: "button", "aria-pressed": String(values.zoom === index + 1) }, label);
      button.addEventListener("click", () => scene.set({ zoom: (index + 1) as ViewValues["zoom"] }));
      return button;
    });
    this.inner = new [BlackBox, EncoderDecoder, Unrolled][values.zoom - 1]!(scene);
    emerge(this.inner.element);
    this.element.append(html("div", { class: "segments", role: "group" }, ...buttons), this.inner.element);
  }

  update(values: ViewValues): void {
    this.inner.update(values);
  }

  resize(width: number): void {
    this.inner.resize?.(width);
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
}
