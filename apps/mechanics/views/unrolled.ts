import { html, reveal, set, svg } from "../dom.js";
import { letters, shortened } from "../notation.js";
import { pool } from "../pooling.js";
import type { Scene } from "../scene.js";
import { diverging } from "../scales.js";
import type { Vector } from "../trace.js";
import type { ViewValues } from "../view-state.js";

const CELLS = 10;
const CELL_HEIGHT = 7;
const STRIP_WIDTH = 9;
/** Weights below this draw no line: dozens of hairlines hide the few that matter. */
const LEAST_DRAWN = 0.01;
const TOP = { tokens: 22, encoder: 36, decoder: 240, written: 330 };

/** Encoder and decoder unrolled: one column for every token, attention as lines between them. */
export class Unrolled {
  readonly element = html("div", { class: "unrolled" });
  private readonly scroll = html("div", { class: "unrolled-scroll" });
  private readonly drawing = svg("svg", { class: "unrolled-drawing", "aria-hidden": "true" });
  private columns: { forward: SVGElement[]; backward: SVGElement[]; decoder: SVGElement[]; source: SVGElement[];
    target: SVGElement[] } = { forward: [], backward: [], decoder: [], source: [], target: [] };
  private readonly lines = svg("g", { class: "looks" });
  private cell = 40;

  constructor(private readonly scene: Scene) {
    this.scroll.append(this.drawing);
    this.element.append(this.scroll);
  }

  resize(width: number): void {
    const { run } = this.scene;
    const count = Math.max(run.length.source, run.length.steps, 1);
    const widest = Math.max(...[...run.sourceTokens, ...run.targetTokens].map((token) =>
      Math.min(letters(token), 12)), 2);
    const scale = this.scene.values.present ? 1.3 : 1;
    this.cell = Math.min(Math.max(width / count, Math.max(30, widest * 8 + 10) * scale), 110);
    this.draw(width);
    this.update(this.scene.values);
  }

  update({ moment }: ViewValues): void {
    if (this.columns.source.length === 0) return;
    const { run } = this.scene;
    const { part, index } = moment;
    const last = run.length.source - 1;
    const reading = part === "encoder";
    const show = (elements: SVGElement[], known: (place: number) => boolean, current: number): void =>
      elements.forEach((element, place) => {
        element.classList.toggle("future", !known(place));
        element.classList.toggle("current", place === current);
      });
    show(this.columns.source, () => true, reading ? index : -1);
    show(this.columns.forward, (place) => !reading || place <= index, reading ? index : -1);
    show(this.columns.backward, (place) => !reading || place >= last - index, reading ? last - index : -1);
    show(this.columns.decoder, (place) => !reading && place <= index, reading ? -1 : index);
    show(this.columns.target, (place) => !reading && place <= index, reading ? -1 : index);
    this.drawLines(reading ? -1 : index);
    const column = reading ? index : index;
    reveal(this.scroll, column * this.cell, (column + 1) * this.cell);
  }

  private draw(width: number): void {
    const { run, texts, values } = this.scene;
    const count = Math.max(run.length.source, run.length.steps);
    const full = Math.max(count * this.cell, width);
    set(this.drawing, { width: full, height: TOP.written + 34, viewBox: `0 0 ${full} ${TOP.written + 34}` });
    const forward = run.encoderStates("forward", values.layer);
    const backward = run.encoderStates("backward", values.layer);
    const both = forward !== null && backward !== null;
    const middle = (place: number): number => (place + 0.5) * this.cell;
    const label = (token: string, place: number, y: number, name: string): SVGElement =>
      svg("text", { x: middle(place), y, class: name }, shortened(token, 12));
    const states = (vectors: readonly Vector[], offset: number, y: number, name: string): SVGElement[] =>
      vectors.map((vector, place) => this.column(vector, middle(place) + offset, y, name));
    this.columns = {
      source: run.sourceTokens.map((token, place) => label(token, place, TOP.tokens, "token source")),
      forward: forward === null ? [] : states(forward, both ? -STRIP_WIDTH / 2 - 1 : 0, TOP.encoder, "forward"),
      backward: backward === null ? [] : states(backward, both ? STRIP_WIDTH / 2 + 1 : 0, TOP.encoder, "backward"),
      decoder: states(run.trace.steps.map((step) => step.state[run.layer(values.layer)]!.hidden), 0, TOP.decoder,
        "decoder"),
      target: run.targetTokens.map((token, place) => label(token, place, TOP.written, "token target")),
    };
    this.columns.source.forEach((element, index) => element.addEventListener("click", () =>
      this.scene.go({ part: "encoder", index, phase: 0 })));
    for (const elements of [this.columns.decoder, this.columns.target]) {
      elements.forEach((element, index) => element.addEventListener("click", () => this.scene.goToStep(index)));
    }
    const chain = (places: number, y: number, name: string): SVGElement => svg("path", { class: `chain ${name}`,
      d: Array.from({ length: Math.max(places - 1, 0) }, (_, place) =>
        `M${middle(place) + 11} ${y}H${middle(place + 1) - 11}`).join("") });
    const height = CELLS * CELL_HEIGHT;
    this.drawing.replaceChildren(
      ...(forward === null ? [] : [chain(run.length.source, TOP.encoder + height * 0.3, "encoder")]),
      ...(backward === null ? [] : [chain(run.length.source, TOP.encoder + height * 0.7, "encoder")]),
      chain(run.length.steps, TOP.decoder + height / 2, "decoder"), this.lines,
      ...this.columns.source, ...this.columns.forward, ...this.columns.backward, ...this.columns.decoder,
      ...this.columns.target);
    this.drawing.setAttribute("aria-label", `${texts.encoder}, ${texts.decoder}`);
  }

  private column(vector: Vector, x: number, y: number, name: string): SVGElement {
    const { palette, run } = this.scene;
    const group = svg("g", { class: `state ${name}` },
      ...pool(vector, CELLS).map(({ value }, index) => svg("rect", { x: x - STRIP_WIDTH / 2, y: y + index * CELL_HEIGHT,
        width: STRIP_WIDTH, height: CELL_HEIGHT,
        fill: `rgb(${palette.diverging.at(diverging(value, run.limits.state)).join(" ")})` })));
    group.append(svg("rect", { class: "frame", x: x - STRIP_WIDTH / 2 - 1, y: y - 1, width: STRIP_WIDTH + 2,
      height: CELLS * CELL_HEIGHT + 2, rx: 3 }));
    return group;
  }

  /** From the states that the decoder looks at, or from the one vector that it was given. */
  private drawLines(step: number): void {
    const { run } = this.scene;
    this.lines.replaceChildren();
    if (step < 0) return;
    const bottom = TOP.encoder + CELLS * CELL_HEIGHT + 4;
    const to = (step + 0.5) * this.cell;
    const line = (position: number, weight: number, name: string): SVGElement => {
      const from = (position + 0.5) * this.cell;
      const half = (bottom + TOP.decoder) / 2;
      return svg("path", { class: name, d: `M${from} ${bottom}C${from} ${half} ${to} ${half} ${to} ${TOP.decoder - 6}`,
        "stroke-width": (0.75 + 7 * weight).toFixed(2), "stroke-opacity": (0.25 + 0.7 * weight).toFixed(3) });
    };
    const { weights, context } = run.step(step);
    if (weights !== null) {
      weights.forEach((weight, position) => {
        if (weight >= LEAST_DRAWN) this.lines.append(line(position, weight, "look"));
      });
    } else if (step === 0 || context !== null) {
      this.lines.append(line(run.trace.encoder_states.forward === null ? 0 : run.length.source - 1, 0.3, "hand-over"));
    }
  }
}
