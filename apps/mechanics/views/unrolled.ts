import { html, reveal, set, style, svg } from "../dom.js";
import { follows, type Moment } from "../moments.js";
import { at, letters, shortened } from "../notation.js";
import { pool } from "../pooling.js";
import type { Scene } from "../scene.js";
import { StateColumns, type StateColumn } from "../state-columns.js";
import { describe } from "../strip.js";
import type { Vector } from "../trace.js";
import { HEIGHT, LONGEST_LABEL, UnrolledLayout } from "../unrolled-layout.js";
import type { ViewValues } from "../view-state.js";
import { Dance } from "./dance.js";
import { arrows, lines } from "./unrolled-lines.js";
import { moves } from "./unrolled-travel.js";

const CELLS = 12;
/** Room at the ends, for labels that are wider than their columns. */
const EDGE = 6;
/** How much is left to see of a state that is not there yet, and of one that is not looked at. */
const FUTURE = 0.08;
const FAINTEST = 0.3;
/** How long a state travels, in milliseconds: it arrives before the next token. */
const JOURNEY = 560;

type Part = "forward" | "backward" | "decoder";

/** A state in the drawing; the decoder's initial one has the index -1. */
interface Place { readonly part: Part; readonly index: number; readonly box: StateColumn }

/**
 * Encoder and decoder unrolled: one column for every token, attention as lines between them. The states travel from
 * column to column, and each written token into the next step.
 */
export class Unrolled {
  readonly element = html("div", { class: "unrolled" });
  readonly door = null;
  private readonly scroll = html("div", { class: "unrolled-scroll" });
  private readonly names = [html("div", { class: "part encoder" }), html("div", { class: "part decoder" })] as const;
  private readonly field = html("div", { class: "unrolled-field" });
  private readonly drawing = svg("svg", { class: "unrolled-drawing", "aria-hidden": "true" });
  private readonly states: StateColumns;
  private readonly lines = svg("g");
  private readonly marks = svg("g");
  private places: readonly Place[] = [];
  private labels: { readonly source: readonly SVGElement[]; readonly target: readonly SVGElement[] } =
    { source: [], target: [] };
  private fits = false;
  private layout = new UnrolledLayout(40, 1);
  private readonly dance = new Dance(this.field);
  private shown: Moment | null = null;

  constructor(private readonly scene: Scene) {
    this.states = new StateColumns(scene.palette.diverging, scene.run.limits.state);
    this.field.append(this.states.element, this.drawing);
    this.scroll.append(this.field);
    this.names[0].textContent = scene.texts.encoder;
    this.names[1].textContent = scene.texts.decoder;
    this.names[1].hidden = scene.run.length.steps === 0;
    this.element.append(this.scroll, ...this.names);
    let byFinger = false;
    for (const type of ["pointermove", "pointerdown"] as const) {
      this.field.addEventListener(type, (event) => {
        byFinger = event.pointerType === "touch";
        this.tell(event);
      });
    }
    this.field.addEventListener("pointerleave", ({ pointerType }) => {
      // A finger leaves when it is lifted, and the number is to be read then.
      if (pointerType !== "touch") scene.say("");
    });
    this.field.addEventListener("click", (event) => {
      const found = this.find(event);
      // A finger that taps on a state wants to read it; on its token, to go there.
      if (found !== null && !byFinger) this.go(found.place);
    });
  }

  resize(width: number): void {
    const { run } = this.scene;
    const count = Math.max(run.length.source, run.length.steps + 1);
    const widest = Math.max(...[...run.sourceTokens, ...run.targetTokens].map((token) =>
      (token === "</s>" ? 1 : Math.min(letters(token), LONGEST_LABEL))), 1);
    const scale = this.scene.values.present ? 1.4 : 1;
    const cell = Math.min(Math.max((width - 2 * EDGE) / count, Math.max(22, widest * 9 + 10) * scale), 96 * scale);
    this.layout = new UnrolledLayout(cell, scale);
    this.fits = cell * count <= width - 2 * EDGE;
    this.draw();
    this.update(this.scene.values);
  }

  update({ moment, speed }: ViewValues): void {
    if (this.places.length === 0) return;
    const { run } = this.scene;
    const { shown } = this;
    this.shown = moment;
    const { part, index } = moment;
    const reading = part === "encoder";
    this.states.show(this.places.map((place) => this.opacity(place, moment)));
    const now = this.places.filter((place) => this.isNow(place, moment));
    this.marks.replaceChildren(...now.map(({ part: name, box }) => svg("rect", { class: `now-mark ${name}`, rx: 4,
      x: box.x - 2, y: box.y - 2, width: box.width + 4, height: box.height + 4 })));
    this.labels.source.forEach((element, place) => element.classList.toggle("current", reading && place === index));
    // The first label is that of the token which the decoder begins with.
    this.labels.target.forEach((element, place) => {
      element.classList.toggle("future", reading || place - 1 > index);
      element.classList.toggle("current", !reading && place - 1 === index);
    });
    this.lines.replaceChildren(...lines(run, moment, this.layout));
    this.keepInSight(reading ? index : index + 1, reading ? index : run.focus(index));
    if (shown !== null && (shown.part !== part || shown.index !== index)) {
      this.dance.perform(follows(moment, shown, run.length) ? moves(this.scene, moment, this.layout) : [], speed, JOURNEY);
    }
  }

  private isNow({ part, index }: Place, moment: ViewValues["moment"]): boolean {
    if (part === "decoder") return moment.part === "decoder" && index === moment.index;
    const last = this.scene.run.length.source - 1;
    return moment.part === "encoder" && index === (part === "forward" ? moment.index : last - moment.index);
  }

  private opacity({ part, index }: Place, moment: ViewValues["moment"]): number {
    const { run } = this.scene;
    const last = run.length.source - 1;
    if (part === "decoder") {
      // The initial state is there as soon as all is read.
      const there = moment.part === "decoder" ? index <= moment.index : index < 0 && moment.index === last;
      return there ? 1 : FUTURE;
    }
    if (moment.part === "encoder") {
      const read = part === "forward" ? index <= moment.index : index >= last - moment.index;
      return read ? 1 : FUTURE;
    }
    const weights = run.step(moment.index).weights;
    // The root makes visible what has a small part in it.
    return weights === null ? 1 : FAINTEST + (1 - FAINTEST) * Math.sqrt(weights[index]!);
  }

  /** Scrolls to a column and the one that it looks at; to the first alone where both do not fit. */
  private keepInSight(column: number, focus: number): void {
    const { layout: { cell }, scroll } = this;
    // To ask where it is scrolled to costs a layout.
    if (this.fits) return;
    const [first, last] = [Math.min(column, focus) * cell, (Math.max(column, focus) + 1) * cell];
    if (last - first < scroll.clientWidth) reveal(scroll, first, last);
    else reveal(scroll, column * cell, (column + 1) * cell);
  }

  private draw(): void {
    const { run, values, news } = this.scene;
    const { layout, layout: { rows, width, cell } } = this;
    const full = layout.full(run.length.source, run.length.steps);
    style(this.field, { width: `${full}px`, height: `${rows.end}px` });
    set(this.drawing, { width: full, height: rows.end, viewBox: `0 0 ${full} ${rows.end}` });
    const forward = run.encoderStates("forward", values.layer) ?? [];
    const backward = run.encoderStates("backward", values.layer) ?? [];
    const decoder = run.length.steps === 0 ? [] : [-1, ...run.trace.steps.keys()].map((step) =>
      run.stateAfter(step + 1, run.layer(values.layer)).hidden);
    const half = forward.length > 0 && backward.length > 0 ? width * 0.6 : 0;
    const states = (part: Part, vectors: readonly Vector[], offset: number, y: number, first = 0): Place[] =>
      vectors.map((vector, place) => ({ part, index: place + first, box: { pools: pool(vector, CELLS), y, width,
        height: HEIGHT, x: layout.source(place) + offset - width / 2 } }));
    this.places = [...states("forward", forward, -half, rows.encoder),
      ...states("backward", backward, half, rows.encoder), ...states("decoder", decoder, 0, rows.decoder, -1)];
    this.states.place(this.places.map(({ box }) => box), full, rows.end);
    this.labels = {
      source: run.sourceTokens.map((token, index) => this.label(token, index, rows.tokens, "source",
        () => this.scene.go({ part: "encoder", index, phase: 0 }))),
      target: run.length.steps === 0 ? [] : [run.step(0).input_token, ...run.targetTokens].map((token, place) =>
        this.label(token, place, rows.target, `target${place === 0 ? " start" : news.has(place - 1) ? " changed" : ""}`,
          () => this.scene.goToStep(Math.max(place - 1, 0)))),
    };
    this.names.forEach((name, index) => style(name, { top: `${index === 0 ? 0 : rows.name}px` }));
    this.drawing.replaceChildren(arrows(forward.length, rows.encoder + HEIGHT * 0.35, 1, cell),
      arrows(backward.length, rows.encoder + HEIGHT * 0.65, -1, cell),
      arrows(decoder.length, rows.decoder + HEIGHT / 2, 1, cell),
      this.lines, this.marks, ...this.labels.source, ...this.labels.target);
  }

  private label(token: string, place: number, y: number, name: string, go: () => void): SVGElement {
    const label = svg("text", { x: this.layout.source(place), y, class: `token ${name}${token === "</s>" ? " end" : ""}` },
      shortened(token, LONGEST_LABEL));
    label.addEventListener("click", go);
    return label;
  }

  private find(event: MouseEvent): { place: Place; cell: StateColumn["pools"][number] } | null {
    const box = this.field.getBoundingClientRect();
    const found = this.states.at(event.clientX - box.left, event.clientY - box.top);
    return found === null ? null : { place: this.places[found.column]!, cell: found.cell };
  }

  private go({ part, index }: Place): void {
    if (part === "decoder" && index >= 0) return this.scene.goToStep(index);
    // Where the initial state was clicked, to the moment when all is read.
    const last = this.scene.run.length.source - 1;
    if (part === "decoder") return this.scene.go({ part: "encoder", index: last, phase: 0 });
    const read = part === "forward" ? index : last - index;
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
