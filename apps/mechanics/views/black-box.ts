import { html } from "../dom.js";
import type { Scene } from "../scene.js";
import type { ViewValues } from "../view-state.js";
import { chips, mark } from "./chips.js";

/** The model from outside: tokens in, tokens out. The box is a button that opens it. */
export class BlackBox {
  readonly element = html("div", { class: "black-box" });
  private readonly source: HTMLElement[];
  private readonly target: HTMLElement[];
  readonly door: HTMLElement;

  constructor(private readonly scene: Scene) {
    const { run } = scene;
    this.source = chips(run.sourceTokens, "source");
    this.target = chips(run.targetTokens, "target", scene.news);
    this.door = html("button", { class: "box", type: "button", "data-open": "2" }, html("span", {}, run.trace.model),
      html("span", { class: "box-hint" }, scene.texts.open));
    this.door.addEventListener("click", () => scene.set({ zoom: 2 }));
    this.element.append(html("ol", { class: "chips", "aria-label": scene.texts.input }, ...this.source), arrow(),
      this.door, arrow(), html("ol", { class: "chips", "aria-label": scene.texts.output }, ...this.target));
  }

  update({ moment }: ViewValues): void {
    const reading = moment.part === "encoder";
    this.door.dataset["part"] = moment.part;
    mark(this.source, reading ? moment.index : this.scene.run.length.source);
    mark(this.target, reading ? -1 : moment.index);
  }
}

/** An arrow in the direction in which the parts stand. */
export function arrow(): HTMLElement {
  return html("div", { class: "arrow", "aria-hidden": "true" });
}
