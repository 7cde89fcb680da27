import { html, reveal, set, style, svg } from "../dom.js";
import { at, letters, shortened } from "../notation.js";
import { pool, type Pool } from "../pooling.js";
import type { Scene } from "../scene.js";
import { diverging } from "../scales.js";
import { describe } from "../strip.js";
import type { Vector } from "../trace.js";
import type { ViewValues } from "../view-state.js";

const CELLS = 12;
const CELL_HEIGHT = 8;
/** Room at the ends, for labels that are wider than their columns. */
const EDGE = 6;
const HEIGHT = CELLS * CELL_HEIGHT;
/** Weights below this draw no line: dozens of hairlines hide the few that matter. */
const LEAST_DRAWN = 0.01;
/** How much is left to see of an encoder state that is not looked at. */
const FAINTEST = 0.3;

type Part = "source" | "forward" | "backward" | "decoder" | "target";
type Columns = Readonly<Record<Part, readonly SVGElement[]>>;

/** Encoder and decoder unrolled: one column for every token, attention as lines between them. */
export class Unrolled {
  readonly element = html("div", { class: "unrolled" });
  private readonly scroll = html("div", { class: "unrolled-scroll" });
  private readonly drawing = svg("svg", { class: "unrolled-drawing", "aria-hidden": "true" });
  private columns: Columns | null = null;
  private readonly lines = svg("g");
  private cell = 40;
  private scale = 1;

  constructor(private readonly scene: Scene) {
    this.scroll.append(this.drawing);
    this.element.append(this.scroll);
    this.drawing.addEventListener("pointerleave", () => scene.say(""));
  }

  resize(width: number): void {
    const { run } = this.scene;
    const count = Math.max(run.length.source, run.length.steps, 1);
    const widest = Math.max(...[...run.sourceTokens, ...run.targetTokens].map((token) =>
      (token === "</s>" ? 1 : Math.min(letters(token), 12))), 1);
    this.scale = this.scene.values.present ? 1.4 : 1;
    this.cell = Math.min(Math.max((width - 2 * EDGE) / count, Math.max(22, widest * 9 + 10) * this.scale), 96 * this.scale);
    this.draw();
    this.update(this.scene.values);
  }

  update({ moment }: ViewValues): void {
    if (this.columns === null) return;
    const { run } = this.scene;
    const { part, index } = moment;
    const last = run.length.source - 1;
    const reading = part === "encoder";
    const show = (name: Part, known: (place: number) => boolean, current: number): void =>
      this.columns![name].forEach((element, place) => {
        element.classList.toggle("future", !known(place));
        element.classList.toggle("current", place === current);
      });
    const written = (place: number): boolean => !reading && place <= index;
    show("source", () => true, reading ? index : -1);
    show("forward", (place) => !reading || place <= index, reading ? index : -1);
    show("backward", (place) => !reading || place >= last - index, reading ? last - index : -1);
    show("decoder", written, reading ? -1 : index);
    show("target", written, reading ? -1 : index);
    const weights = reading ? null : run.step(index).weights;
    for (const name of ["forward", "backward"] as const) {
      this.columns[name].forEach((element, place) => style(element, {
        "--look": weights === null ? "1" : (FAINTEST + (1 - FAINTEST) * Math.sqrt(weights[place]!)).toFixed(3) }));
    }
    this.drawLines(reading ? -1 : index);
    this.keepInSight(index, reading ? index : run.focus(index));
  }

  /** Scrolls to a decoder's step and what it looks at; to the step alone where both do not fit. */
  private keepInSight(step: number, focus: number): void {
    const [first, last] = [Math.min(step, focus) * this.cell, (Math.max(step, focus) + 1) * this.cell];
    if (last - first < this.scroll.clientWidth) reveal(this.scroll, first, last);
    else reveal(this.scroll, step * this.cell, (step + 1) * this.cell);
  }

  /** Where things stand, from above. */
  private get rows(): Readonly<Record<"part" | "tokens" | "encoder" | "decoder" | "target" | "end", number>> {
    const line = 24 * this.scale;
    const [tokens, encoder] = [line * 2, line * 2.6];
    const decoder = encoder + HEIGHT + 110;
    return { part: line * 0.7, tokens, encoder, decoder, target: decoder + HEIGHT + line,
      end: decoder + HEIGHT + line * 1.5 };
  }

  private draw(): void {
    const { run, texts, values, news } = this.scene;
    const { rows } = this;
    const full = Math.max(run.length.source, run.length.steps) * this.cell;
    set(this.drawing, { width: full, height: rows.end, viewBox: `0 0 ${full} ${rows.end}` });
    const forward = run.encoderStates("forward", values.layer) ?? [];
    const backward = run.encoderStates("backward", values.layer) ?? [];
    const wide = Math.min(this.cell * 0.3, 20);
    const half = forward.length > 0 && backward.length > 0 ? wide * 0.6 : 0;
    const label = (token: string, place: number, y: number, name: string): SVGElement =>
      svg("text", { x: this.middle(place), y, class: `token ${name}${token === "</s>" ? " end" : ""}` },
        shortened(token, 12));
    const read = (index: number) => (): void => this.scene.go({ part: "encoder", index, phase: 0 });
    const written = (index: number) => (): void => this.scene.goToStep(index);
    const states = (vectors: readonly Vector[], offset: number, y: number, name: string, symbol: string,
      go: (index: number) => () => void): SVGElement[] => vectors.map((vector, place) => {
      const column = this.column(vector, this.middle(place) + offset, y, name, at(symbol, place + 1), wide);
      column.addEventListener("click", go(place));
      return column;
    });
    const decoder = run.trace.steps.map((step) => step.state[run.layer(values.layer)]!.hidden);
    const last = run.length.source - 1;
    this.columns = {
      source: run.sourceTokens.map((token, place) => label(token, place, rows.tokens, "source")),
      forward: states(forward, -half, rows.encoder, "forward", "→h", read),
      backward: states(backward, half, rows.encoder, "backward", "←h", (place) => read(last - place)),
      decoder: states(decoder, 0, rows.decoder, "decoder", "s", written),
      target: run.targetTokens.map((token, place) =>
        label(token, place, rows.target, `target${news.has(place) ? " changed" : ""}`)),
    };
    this.columns.source.forEach((element, index) => element.addEventListener("click", read(index)));
    this.columns.target.forEach((element, index) => element.addEventListener("click", written(index)));
    this.drawing.replaceChildren(
      svg("text", { class: "part encoder", x: 2, y: rows.part }, texts.encoder),
      ...(run.length.steps > 0 ? [svg("text", { class: "part decoder", x: 2, y: rows.decoder - 14 * this.scale },
        texts.decoder)] : []),
      this.chain(forward.length, rows.encoder + HEIGHT * 0.35, 1), this.chain(backward.length, rows.encoder
        + HEIGHT * 0.65, -1), this.chain(run.length.steps, rows.decoder + HEIGHT / 2, 1), this.lines,
      ...Object.values(this.columns).flat());
  }

  private middle(place: number): number {
    return (place + 0.5) * this.cell;
  }

  /** Arrows from state to state, in the direction of reading. */
  private chain(places: number, y: number, direction: 1 | -1): SVGElement {
    const gap = Math.min(this.cell * 0.36, 32);
    const head = Math.min(this.cell * 0.06, 4);
    return svg("path", { class: "chain", d: Array.from({ length: Math.max(places - 1, 0) }, (_, place) => {
      const [left, right] = [this.middle(place) + gap, this.middle(place + 1) - gap];
      const [from, to] = direction === 1 ? [left, right] : [right, left];
      const back = to - direction * head;
      return `M${from} ${y}H${to}M${back} ${y - head}L${to} ${y}L${back} ${y + head}`;
    }).join("") });
  }

  private column(vector: Vector, x: number, y: number, name: string, symbol: string, width: number): SVGElement {
    const { palette, run } = this.scene;
    const pools = pool(vector, CELLS);
    const height = HEIGHT / pools.length;
    const group = svg("g", { class: `state ${name}` }, ...pools.map((cell, index) => svg("rect", {
      x: x - width / 2, y: y + index * height, width, height, "data-units": `${cell.first}-${cell.last}`,
      fill: `rgb(${palette.diverging.at(diverging(cell.value, run.limits.state)).join(" ")})` })));
    group.append(svg("rect", { class: "frame", x: x - width / 2 - 2, y: y - 2, width: width + 4,
      height: HEIGHT + 4, rx: 4 }));
    group.addEventListener("pointermove", (event) => this.tell(event, pools, symbol, group));
    return group;
  }

  private tell(event: PointerEvent, pools: readonly Pool[], symbol: string, group: SVGElement): void {
    if (group.classList.contains("future")) return;
    const box = group.getBoundingClientRect();
    const place = Math.floor(((event.clientY - box.top) / box.height) * pools.length);
    const cell = pools[Math.min(Math.max(place, 0), pools.length - 1)]!;
    this.scene.say(describe(this.scene, symbol, cell));
  }

  /** From the states that the decoder looks at, or from the one vector that it was given. */
  private drawLines(step: number): void {
    const { run } = this.scene;
    this.lines.replaceChildren();
    if (step < 0) return;
    const bottom = this.rows.encoder + HEIGHT + 5;
    const top = this.rows.decoder - 6;
    const line = (position: number, weight: number, name: string): SVGElement => {
      const [from, to, half] = [this.middle(position), this.middle(step), (bottom + top) / 2];
      return svg("path", { class: name, d: `M${from} ${bottom}C${from} ${half} ${to} ${half} ${to} ${top}`,
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
