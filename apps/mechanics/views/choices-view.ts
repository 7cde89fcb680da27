import { html, reveal, set, style, svg } from "../dom.js";
import { layOut, type BeamPlace } from "../beam-layout.js";
import { shortened, signed, visible } from "../notation.js";
import type { Scene, View } from "../scene.js";
import type { ViewValues } from "../view-state.js";
import type { Choice } from "../trace.js";
import { waiting } from "./waiting.js";

const COLUMN = 96;
const ROW = 44;

/** What else could have been written: the likeliest tokens of a step, and the beam's hypotheses. */
export class ChoicesView implements View {
  readonly element = html("div", { class: "choices" });
  private readonly pause: HTMLElement;
  private readonly bars = html("ol", { class: "choice-bars" });
  private readonly note = html("p", { class: "overridden" });
  private readonly scroll = html("div", { class: "beam-scroll", tabindex: 0 });
  private readonly places: readonly { place: BeamPlace; box: SVGElement; line: SVGElement | null }[];
  private readonly alternatives: HTMLElement;

  constructor(private readonly scene: Scene) {
    const { run, texts } = scene;
    this.pause = waiting(scene);
    this.alternatives = html("section", {}, html("h3", {}, texts.alternatives), this.bars, this.note,
      ...(scene.ask === null ? [] : [this.otherToken()]));
    this.element.append(this.pause, this.alternatives);
    this.places = run.trace.beam === null ? [] : this.tree(layOut(run.trace.beam, run.targetTokens));
    if (this.places.length > 0) {
      this.scroll.setAttribute("aria-label", texts.beam);
      this.element.append(html("section", {}, html("h3", {}, texts.beam, html("span", { class: "limit best" },
        texts.beamBest)), html("p", { class: "beam-note" }, texts.beamScore), this.scroll));
    }
  }

  update({ moment }: ViewValues): void {
    this.pause.hidden = moment.part === "decoder";
    this.alternatives.hidden = moment.part === "encoder";
    const now = moment.part === "encoder" ? -1 : moment.index;
    for (const { place: { node }, box, line } of this.places) {
      for (const element of [box, line]) {
        element?.classList.toggle("future", node.step > now);
        element?.classList.toggle("current", node.step === now);
      }
    }
    if (now < 0) return;
    const column = COLUMN * this.scale;
    reveal(this.scroll, now * column, (now + 1) * column);
    const { run, texts } = this.scene;
    const step = run.step(now);
    this.bars.replaceChildren(...step.top_k.map((choice) => this.bar(choice, step.token, now)));
    this.note.textContent = (step.overridden ?? []).map((kind) => texts.overridden[kind]).join(" · ");
  }

  caption(values: ViewValues): string {
    const { run, texts } = this.scene;
    if (values.moment.part === "encoder") return this.scene.waiting.caption;
    return texts.captions.choices(visible(run.targetTokens[values.moment.index]!));
  }

  private get scale(): number {
    return this.scene.values.present ? 1.4 : 1;
  }

  private bar({ token, probability }: Choice, written: string, step: number): HTMLElement {
    const bar = html("div", { class: "choice-bar" });
    style(bar, { "--share": probability.toFixed(5) });
    const label = html("bdi", {}, shortened(token, 12));
    const row = html("li", { class: token === written ? "written" : "" },
      html("div", { class: "token-label", title: token }, label), html("div", { class: "bar-room" }, bar),
      this.scene.percent(probability));
    const { ask, texts } = this.scene;
    if (ask !== null && token !== written) {
      const button = html("button", { type: "button", class: "force", title: texts.change.writeThis(visible(token)),
        "aria-label": texts.change.writeThis(visible(token)) }, ...row.childNodes);
      button.addEventListener("click", () => ask("force", { step, token }));
      row.append(button);
    }
    return row;
  }

  /** A field for a token that is not among the likeliest. */
  private otherToken(): HTMLElement {
    const { ask, texts } = this.scene;
    const field = html("input", { type: "text", autocomplete: "off" });
    const form = html("form", { class: "change-form" }, html("label", {}, texts.change.other, " ", field),
      html("button", { type: "submit", "data-change": "force" }, texts.change.write));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (field.value !== "") ask?.("force", { step: this.scene.values.moment.index, token: field.value });
    });
    return form;
  }

  private tree(layout: readonly BeamPlace[]): typeof this.places {
    const x = (step: number): number => step * COLUMN + COLUMN / 2;
    const y = (slot: number): number => slot * ROW + ROW / 2;
    const steps = Math.max(...layout.map(({ node }) => node.step)) + 1;
    const slots = Math.max(...layout.map(({ node }) => node.slot)) + 1;
    const drawing = svg("svg", { class: "beam" });
    // All of it grows with the type.
    set(drawing, { width: steps * COLUMN * this.scale, height: slots * ROW * this.scale,
      viewBox: `0 0 ${steps * COLUMN} ${slots * ROW}` });
    this.scroll.append(drawing);
    const drawn = layout.map((place) => {
      const { node, parent, best } = place;
      const line = parent === null ? null : svg("path", { class: `branch${best ? " best" : ""}`,
        d: `M${x(parent.step) + 36} ${y(parent.slot)}C${x(parent.step) + 56} ${y(parent.slot)} `
          + `${x(node.step) - 56} ${y(node.slot)} ${x(node.step) - 36} ${y(node.slot)}` });
      const box = svg("g", { class: `hypothesis${best ? " best" : ""}${node.finished ? " finished" : ""}` },
        svg("rect", { x: x(node.step) - 36, y: y(node.slot) - 16, width: 72, height: 32, rx: 8 }),
        svg("text", { x: x(node.step), y: y(node.slot) - 3 }, shortened(node.token, 7)),
        svg("text", { x: x(node.step), y: y(node.slot) + 11, class: "beam-score" },
          this.scene.shown(node.score, signed)));
      return { place, box, line };
    });
    drawing.append(...drawn.flatMap(({ line }) => (line === null ? [] : [line])), ...drawn.map(({ box }) => box));
    return drawn;
  }
}
