import { CellWalk, type CellPlace } from "../cell-walk.js";
import { html, reveal, style } from "../dom.js";
import { HeatCanvas } from "../heat-canvas.js";
import type { Moment } from "../moments.js";
import { at, shortened } from "../notation.js";
import { pool, type Pool } from "../pooling.js";
import type { Scene, View } from "../scene.js";
import { diverging } from "../scales.js";
import { describe } from "../strip.js";
import type { Matrix } from "../trace.js";
import type { ViewValues } from "../view-state.js";
import { turn } from "./column-labels.js";

/** How many cells a state has when units are pooled. */
const CELLS = 24;

interface Panel {
  readonly part: "encoder" | "decoder";
  readonly title: string;
  readonly name: string;
  readonly tokens: readonly string[];
  readonly columns: readonly (readonly Pool[])[];
  readonly limit: number;
  /** Whether a column is known at a moment. */
  readonly known: (column: number, moment: Moment) => boolean;
  /** The column of a moment. */
  readonly current: (moment: Moment) => number;
}

/** Every hidden state of the run as a column of coloured cells. */
export class StatesView implements View {
  readonly element = html("div", { class: "states" });
  private readonly drawn: readonly { panel: Panel; heat: HeatCanvas; scroll: HTMLElement; marker: HTMLElement;
    labels: readonly HTMLElement[] }[];
  private cell = 24;

  constructor(private readonly scene: Scene) {
    this.drawn = this.panels().map((panel) => this.draw(panel));
  }

  update(values: ViewValues): void {
    const { moment } = values;
    for (const { panel, heat, marker, labels, scroll } of this.drawn) {
      const { diverging: ramp } = this.scene.palette;
      heat.paint((row, column) => (panel.known(column, moment)
        ? ramp.at(diverging(panel.columns[column]![row]!.value, panel.limit)) : null));
      const current = panel.part === moment.part ? panel.current(moment) : -1;
      marker.hidden = current < 0;
      style(marker, { "--column": String(Math.max(current, 0)) });
      labels.forEach((label, column) => {
        label.classList.toggle("future", !panel.known(column, moment));
        label.classList.toggle("current", column === current);
      });
      if (current >= 0) reveal(scroll, current * this.cell, (current + 1) * this.cell);
    }
  }

  caption(): string {
    return this.scene.texts.captions.states;
  }

  resize(width: number): void {
    const columns = Math.max(...this.drawn.map(({ panel }) => panel.columns.length), 1);
    const least = this.scene.values.present ? 26 : 20;
    this.cell = Math.floor(Math.min(Math.max(width / columns, least), 48));
    const scale = this.scene.values.present ? 1.35 : 1;
    for (const { panel, labels } of this.drawn) turn(labels, panel.tokens, this.cell / scale);
    style(this.element, { "--cell": `${this.cell}px` });
  }

  private panels(): Panel[] {
    const { run, texts, values } = this.scene;
    const layer = run.layer(values.layer);
    const inCells = (vectors: Matrix): Pool[][] =>
      vectors.map((vector) => pool(vector, values.allUnits ? vector.length : CELLS));
    const { state: limit } = run.limits;
    const last = run.length.source - 1;
    const panels: Panel[] = [];
    const forward = run.encoderStates("forward", layer);
    if (forward !== null) {
      panels.push({ part: "encoder", title: texts.forwardStates, name: "→h", tokens: run.sourceTokens, limit,
        columns: inCells(forward), current: ({ index }) => index,
        known: (column, { part, index }) => part === "decoder" || column <= index });
    }
    const backward = run.encoderStates("backward", layer);
    if (backward !== null) {
      panels.push({ part: "encoder", title: texts.backwardStates, name: "←h", tokens: run.sourceTokens, limit,
        columns: inCells(backward), current: ({ index }) => last - index,
        known: (column, { part, index }) => part === "decoder" || column >= last - index });
    }
    const decoder = { part: "decoder" as const, tokens: run.targetTokens, current: ({ index }: Moment) => index,
      known: (column: number, { part, index }: Moment) => part === "decoder" && column <= index };
    const { steps } = run.trace;
    if (steps.length > 0) {
      panels.push({ ...decoder, title: texts.decoderStates, name: "s", limit,
        columns: inCells(steps.map((step) => step.state[layer]!.hidden)) });
    }
    if (steps.length > 0 && steps[0]!.state[layer]!.cell !== null) {
      const cells = steps.map((step) => step.state[layer]!.cell!);
      // A memory cell is not squashed and may be far larger than a state.
      const own = Math.max(...cells.map((vector) => Math.max(...vector.map(Math.abs))));
      panels.push({ ...decoder, title: texts.cellStates, name: "c", limit: own, columns: inCells(cells) });
    }
    return panels;
  }

  private draw(panel: Panel): (typeof this.drawn)[number] {
    const heat = new HeatCanvas(panel.columns.length, panel.columns[0]!.length);
    heat.element.setAttribute("aria-hidden", "true");
    const labels = panel.tokens.map((token) => html("div", { class: "map-column" },
      html("bdi", {}, shortened(token, 12))));
    const marker = html("div", { class: "column-marker", hidden: true });
    const cursor = html("div", { class: "map-cursor", hidden: true });
    const field = html("div", { class: "state-field", role: "application",
      "aria-label": this.scene.texts.states(panel.title, panel.columns.length) }, heat.element, marker, cursor);
    style(field, { "--columns": String(panel.columns.length), "--rows": String(heat.rows) });
    const scroll = html("div", { class: "state-scroll" }, field, html("div", { class: "map-columns below" }, ...labels));
    this.listen(panel, heat, field, cursor);
    // A finger that taps on a state wants to read it; on its token, to go there.
    labels.forEach((label, column) => label.addEventListener("click", () => this.goTo(panel, column)));
    const title = html("h3", {}, html("span", {}, panel.title),
      html("span", { class: "limit" }, `±${this.scene.shown(panel.limit)}`));
    this.element.append(html("section", { class: `panel ${panel.part}` }, title, scroll));
    return { panel, heat, scroll, marker, labels };
  }

  private listen(panel: Panel, heat: HeatCanvas, field: HTMLElement, cursor: HTMLElement): void {
    const tell = (cell: CellPlace | null): void => {
      const known = cell !== null && panel.known(cell.column, this.scene.values.moment);
      this.scene.say(known ? describe(this.scene, at(panel.name, cell.column + 1),
        panel.columns[cell.column]![cell.row]!) : "");
    };
    let byFinger = false;
    for (const type of ["pointermove", "pointerdown"] as const) {
      field.addEventListener(type, (event) => {
        byFinger = event.pointerType === "touch";
        tell(heat.cellAt(event));
      });
    }
    field.addEventListener("pointerleave", ({ pointerType }) => {
      // A finger leaves when it is lifted, and the number is to be read then.
      if (pointerType !== "touch") tell(null);
    });
    field.addEventListener("click", (event) => {
      if (!byFinger) this.goTo(panel, heat.cellAt(event).column);
    });
    new CellWalk(field, {
      size: () => ({ cells: heat.rows * heat.columns, columns: heat.columns }),
      tell: (cell) => {
        tell(cell);
        cursor.hidden = cell === null;
        if (cell === null) return;
        style(cursor, { left: `${(cell.column / heat.columns) * 100}%`, width: `${100 / heat.columns}%`,
          top: `${(cell.row / heat.rows) * 100}%`, height: `${100 / heat.rows}%`, transform: "none" });
        reveal(field.parentElement!, cell.column * this.cell, (cell.column + 1) * this.cell);
      },
      enter: ({ column }) => this.goTo(panel, column),
    });
  }

  /** Goes to the moment in which a column comes into being. */
  private goTo({ part, name }: Panel, column: number): void {
    if (part === "decoder") return this.scene.goToStep(column);
    this.scene.go({ part, index: name === "←h" ? this.scene.run.length.source - 1 - column : column, phase: 0 });
  }
}
