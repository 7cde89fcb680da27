import { html } from "../dom.js";
import type { Scene } from "../scene.js";
import type { ViewValues } from "../view-state.js";
import { chips, mark } from "./chips.js";

/** The model from outside: tokens in, tokens out. */
export class BlackBox {
  readonly element = html("div", { class: "black-box" });
  private readonly source: HTMLElement[];
  private readonly target: HTMLElement[];
  private readonly box: HTMLElement;

  constructor(private readonly scene: Scene) {
    const { run } = scene;
    this.source = chips(run.sourceTokens, "source");
    this.target = chips(run.targetTokens, "target", scene.news);
    this.box = html("div", { class: "box" }, html("span", {}, run.trace.model));
    this.element.append(html("ol", { class: "chips", "aria-label": scene.texts.input }, ...this.source), arrow(),
      this.box, arrow(), html("ol", { class: "chips", "aria-label": scene.texts.output }, ...this.target));
  }

  update({ moment }: ViewValues): void {
    const reading = moment.part === "encoder";
    this.box.dataset["part"] = moment.part;
    mark(this.source, reading ? moment.index : this.scene.run.length.source);
    mark(this.target, reading ? -1 : moment.index);
  }
}

/** An arrow in the direction in which the parts stand. */
export function arrow(): HTMLElement {
  return html("div", { class: "arrow", "aria-hidden": "true" });
}
