import { html, reveal, set, style, svg } from "../dom.js";
import { at, letters, shortened } from "../notation.js";
import { pool } from "../pooling.js";
import type { Scene } from "../scene.js";
import { StateColumns, type StateColumn } from "../state-columns.js";
import { describe } from "../strip.js";
import type { Vector } from "../trace.js";
import type { ViewValues } from "../view-state.js";
import { arrows, HEIGHT, looks, rowsOf, type Rows } from "./unrolled-lines.js";

const CELLS = 12;
/** Room at the ends, for labels that are wider than their columns. */
const EDGE = 6;
/** How much is left to see of a state that is not there yet, and of one that is not looked at. */
const FUTURE = 0.08;
const FAINTEST = 0.3;

type Part = "forward" | "backward" | "decoder";

/** A state in the drawing. */
interface Place { readonly part: Part; readonly index: number; readonly box: StateColumn }

/** Encoder and decoder unrolled: one column for every token, attention as lines between them. */
export class Unrolled {
  readonly element = html("div", { class: "unrolled-scroll" });
  readonly door = null;
  private readonly field = html("div", { class: "unrolled-field" });
  private readonly drawing = svg("svg", { class: "unrolled-drawing", "aria-hidden": "true" });
  private readonly states: StateColumns;
  private readonly lines = svg("g");
  private readonly marks = svg("g");
  private places: readonly Place[] = [];
  private labels: { readonly source: readonly SVGElement[]; readonly target: readonly SVGElement[] } =
    { source: [], target: [] };
  private cell = 40;
  private rows: Rows = rowsOf(1);

  constructor(private readonly scene: Scene) {
    this.states = new StateColumns(scene.palette.diverging, scene.run.limits.state);
    this.field.append(this.states.element, this.drawing);
    this.element.append(this.field);
    this.field.addEventListener("pointermove", (event) => this.tell(event));
    this.field.addEventListener("pointerleave", () => scene.say(""));
    this.field.addEventListener("click", (event) => {
      const found = this.find(event);
      if (found !== null) this.go(found.place);
    });
  }

  resize(width: number): void {
    const { run } = this.scene;
    const count = Math.max(run.length.source, run.length.steps, 1);
    const widest = Math.max(...[...run.sourceTokens, ...run.targetTokens].map((token) =>
      (token === "</s>" ? 1 : Math.min(letters(token), 12))), 1);
    const scale = this.scene.values.present ? 1.4 : 1;
    this.rows = rowsOf(scale);
    this.cell = Math.min(Math.max((width - 2 * EDGE) / count, Math.max(22, widest * 9 + 10) * scale), 96 * scale);
    this.draw();
    this.update(this.scene.values);
  }

  update({ moment }: ViewValues): void {
    if (this.places.length === 0) return;
    const { run } = this.scene;
    const { part, index } = moment;
    const reading = part === "encoder";
    this.states.show(this.places.map((place) => this.opacity(place, moment)));
    const now = this.places.filter((place) => this.isNow(place, moment));
    this.marks.replaceChildren(...now.map(({ part: name, box }) => svg("rect", { class: `now-mark ${name}`, rx: 4,
      x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4 })));
    this.labels.source.forEach((element, place) => element.classList.toggle("current", reading && place === index));
    this.labels.target.forEach((element, place) => {
      element.classList.toggle("future", reading || place > index);
      element.classList.toggle("current", !reading && place === index);
    });
    this.lines.replaceChildren(...(reading ? [] : looks(run, index, this.cell, this.rows)));
    this.keepInSight(index, reading ? index : run.focus(index));
  }

  private isNow({ part, index }: Place, moment: ViewValues["moment"]): boolean {
    if (part === "decoder") return moment.part === "decoder" && index === moment.index;
    const last = this.scene.run.length.source - 1;
    return moment.part === "encoder" && index === (part === "forward" ? moment.index : last - moment.index);
  }

  private opacity({ part, index }: Place, moment: ViewValues["moment"]): number {
    const { run } = this.scene;
    if (part === "decoder") return moment.part === "decoder" && index <= moment.index ? 1 : FUTURE;
    if (moment.part === "encoder") {
      const read = part === "forward" ? index <= moment.index : index >= run.length.source - 1 - moment.index;
      return read ? 1 : FUTURE;
    }
    const weights = run.step(moment.index).weights;
    // The root makes visible what has a small part in it.
    return weights === null ? 1 : FAINTEST + (1 - FAINTEST) * Math.sqrt(weights[index]!);
  }

  /** Scrolls to a decoder's step and what it looks at; to the step alone where both do not fit. */
  private keepInSight(step: number, focus: number): void {
    const [first, last] = [Math.min(step, focus) * this.cell, (Math.max(step, focus) + 1) * this.cell];
    if (last - first < this.element.clientWidth) reveal(this.element, first, last);
    else reveal(this.element, step * this.cell, (step + 1) * this.cell);
  }

  private draw(): void {
    const { run, texts, values, news } = this.scene;
    const { rows } = this;
    const full = Math.max(run.length.source, run.length.steps) * this.cell;
    style(this.field, { width: `${full}px`, height: `${rows.end}px` });
    set(this.drawing, { width: full, height: rows.end, viewBox: `0 0 ${full} ${rows.end}` });
    const forward = run.encoderStates("forward", values.layer) ?? [];
    const backward = run.encoderStates("backward", values.layer) ?? [];
    const decoder = run.trace.steps.map((step) => step.state[run.layer(values.layer)]!.hidden);
    const width = Math.min(this.cell * 0.3, 20);
    const half = forward.length > 0 && backward.length > 0 ? width * 0.6 : 0;
    const states = (part: Part, vectors: readonly Vector[], offset: number, y: number): Place[] =>
      vectors.map((vector, index) => ({ part, index, box: { pools: pool(vector, CELLS), y, width, height: HEIGHT,
        x: this.middle(index) + offset - width / 2 } }));
    this.places = [...states("forward", forward, -half, rows.encoder),
      ...states("backward", backward, half, rows.encoder), ...states("decoder", decoder, 0, rows.decoder)];
    this.states.place(this.places.map(({ box }) => box), full, rows.end);
    this.labels = {
      source: run.sourceTokens.map((token, index) => this.label(token, index, rows.tokens, "source",
        () => this.scene.go({ part: "encoder", index, phase: 0 }))),
      target: run.targetTokens.map((token, index) => this.label(token, index, rows.target,
        `target${news.has(index) ? " changed" : ""}`, () => this.scene.goToStep(index))),
    };
    const heading = (part: string, y: number, text: string): SVGElement =>
      svg("text", { class: `part ${part}`, x: 2, y }, text);
    this.drawing.replaceChildren(heading("encoder", rows.part, texts.encoder),
      ...(run.length.steps > 0 ? [heading("decoder", rows.decoder - rows.part * 0.8, texts.decoder)] : []),
      arrows(forward.length, rows.encoder + HEIGHT * 0.35, 1, this.cell),
      arrows(backward.length, rows.encoder + HEIGHT * 0.65, -1, this.cell),
      arrows(run.length.steps, rows.decoder + HEIGHT / 2, 1, this.cell),
      this.lines, this.marks, ...this.labels.source, ...this.labels.target);
  }

  private middle(place: number): number {
    return (place + 0.5) * this.cell;
  }

  private label(token: string, place: number, y: number, name: string, go: () => void): SVGElement {
    const label = svg("text", { x: this.middle(place), y, class: `token ${name}${token === "</s>" ? " end" : ""}` },
      shortened(token, 12));
    label.addEventListener("click", go);
    return label;
  }

  private find(event: MouseEvent): { place: Place; cell: StateColumn["pools"][number] } | null {
    const box = this.field.getBoundingClientRect();
    const found = this.states.at(event.clientX - box.left, event.clientY - box.top);
    return found === null ? null : { place: this.places[found.column]!, cell: found.cell };
  }

  private go({ part, index }: Place): void {
    if (part === "decoder") return this.scene.goToStep(index);
    const read = part === "forward" ? index : this.scene.run.length.source - 1 - index;
    return this.scene.go({ part: "encoder", index: read, phase: 0 });
  }

  private tell(event: PointerEvent): void {
    const found = this.find(event);
    const known = found !== null && this.opacity(found.place, this.scene.values.moment) > FUTURE;
    this.field.classList.toggle("pointing", found !== null);
    if (!known) return this.scene.say("");
    const { part, index } = found.place;
    const symbol = { forward: "→h", backward: "←h", decoder: "s" }[part];
    return this.scene.say(describe(this.scene, at(symbol, index + 1), found.cell));
  }
}
