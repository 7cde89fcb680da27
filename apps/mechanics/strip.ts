import { CellWalk, type CellPlace } from "./cell-walk.js";
import { html, set, style } from "./dom.js";
import { HeatCanvas } from "./heat-canvas.js";
import { pool, type Pool } from "./pooling.js";
import type { Scene } from "./scene.js";
import { diverging } from "./scales.js";
import type { Vector } from "./trace.js";

/** How many cells a strip has, and how many units stand in a row of one that shows all. */
export const STRIP_CELLS = 32;
const UNITS_IN_A_ROW = 64;

export interface StripOptions {
  /** What it is, for the line that tells the numbers: "s₃". */
  readonly name: string;
  /** The end of the diverging scale; a gate has none and goes from 0 to 1. */
  readonly limit: number | "gate";
  /** Called with the units under the pointer, with null when it leaves. */
  readonly onUnits?: (units: Pool | null) => void;
  readonly cells?: number;
  /** It is one of many: the Tab key passes it by, and the arrow keys lead to it. */
  readonly listed?: boolean;
}

/** A vector as a row of coloured cells: some units a cell, or all units in several rows. */
export class Strip {
  /** For screen readers a slider along the units, whose value is what the pointer would tell. */
  readonly element = html("div", { class: "strip", role: "slider", "aria-valuemin": 1, "aria-valuenow": 1 });
  private canvas: HeatCanvas | undefined;
  private pools: readonly Pool[] = [];
  private vector: Vector = [];
  private marked: number | null = null;
  private name: string;
  private readonly mark = html("div", { class: "unit-mark", hidden: true });
  private readonly walk: CellWalk;

  constructor(private readonly scene: Scene, private readonly options: StripOptions, vector: Vector | null = null) {
    this.name = options.name;
    this.element.append(this.mark);
    for (const name of ["pointermove", "pointerdown"] as const) {
      this.element.addEventListener(name, (event) => this.tell(this.canvas?.cellAt(event) ?? null));
    }
    this.element.addEventListener("pointerleave", ({ pointerType }) => {
      // A finger leaves when it is lifted, and the number is to be read then.
      if (pointerType !== "touch") this.tell(null);
    });
    this.walk = new CellWalk(this.element, {
      size: () => ({ cells: this.canvas === undefined || this.blank ? 0 : this.pools.length,
        columns: this.canvas?.columns ?? 1 }),
      tell: (cell) => {
        this.tell(cell);
        if (options.onUnits === undefined) this.frame(cell === null ? -1 : this.indexOf(cell));
      },
      ...(options.onUnits === undefined ? {} : { enter: () => this.element.click() }),
    }, options.listed !== true);
    this.show(vector);
  }

  /** Draws this vector; null leaves the place empty. */
  show(vector: Vector | null, name = this.name): void {
    if (name !== this.name || !this.element.hasAttribute("aria-label")) set(this.element, { "aria-label": name });
    this.name = name;
    this.element.classList.toggle("empty", vector === null);
    if (vector === null) return this.walk.again();
    this.vector = vector;
    const all = this.scene.values.allUnits;
    this.pools = pool(vector, all ? vector.length : this.options.cells ?? STRIP_CELLS);
    const columns = all ? Math.min(UNITS_IN_A_ROW, this.pools.length) : this.pools.length;
    const rows = Math.ceil(this.pools.length / Math.max(columns, 1));
    if (this.canvas?.columns !== columns || this.canvas.rows !== rows) {
      this.canvas?.element.remove();
      this.canvas = new HeatCanvas(columns, rows);
      this.element.prepend(this.canvas.element);
      style(this.element, { "--rows": String(rows) });
    }
    this.paint();
    set(this.element, { "aria-valuemax": this.pools.length });
    this.walk.again();
  }

  /** How many units a cell shows, at most. */
  get unitsACell(): number {
    return Math.max(1, ...this.pools.map(({ first, last }) => last - first + 1));
  }

  /** The picture once more, to be moved about; null where nothing is shown. */
  copy(): HTMLCanvasElement | null {
    return this.blank ? null : this.canvas?.copy() ?? null;
  }

  /** Marks the cell that holds a unit, and paints it in that unit's own colour; null takes the mark away. */
  point(unit: number | null): void {
    const index = unit === null ? -1 : this.pools.findIndex((cell) => holds(cell, unit));
    if (unit !== this.marked) {
      this.marked = unit;
      this.paint();
    }
    this.frame(index);
  }

  private get blank(): boolean {
    return this.element.classList.contains("empty");
  }

  private indexOf({ row, column }: CellPlace): number {
    return row * (this.canvas?.columns ?? 1) + column;
  }

  /** Draws a frame around a cell; around none for -1. */
  private frame(index: number): void {
    this.mark.hidden = index < 0 || this.canvas === undefined;
    if (index < 0 || this.canvas === undefined) return;
    const { columns, rows } = this.canvas;
    style(this.mark, {
      left: `${((index % columns) / columns) * 100}%`, width: `${100 / columns}%`,
      top: `${(Math.floor(index / columns) / rows) * 100}%`, height: `${100 / rows}%`,
    });
  }

  private paint(): void {
    const { marked, pools, canvas, scene: { palette }, options: { limit } } = this;
    canvas?.paint((row, column) => {
      const cell = pools[row * canvas.columns + column];
      if (cell === undefined) return null;
      // Beside one unit's arithmetic the extreme of its neighbours would be another number's colour.
      const value = marked !== null && holds(cell, marked) ? this.vector[marked]! : cell.value;
      return limit === "gate" ? palette.gate.at(value) : palette.diverging.at(diverging(value, limit));
    });
  }

  /** Tells what a cell shows; with null, or where nothing is shown, that none is pointed at. */
  private tell(place: CellPlace | null): void {
    const index = place === null || this.blank ? -1 : this.indexOf(place);
    const cell = this.pools[index];
    if (cell === undefined && place !== null && !this.blank) return;
    const said = cell === undefined ? "" : describe(this.scene, this.name, cell);
    set(this.element, { "aria-valuenow": index + 1 || 1, "aria-valuetext": said });
    this.scene.say(said);
    this.options.onUnits?.(cell ?? null);
  }
}

function holds(cell: Pool, unit: number): boolean {
  return cell.first <= unit && unit <= cell.last;
}

/** "s₃, unit 17: 0.412", or of several units their range. */
export function describe(scene: Scene, name: string, cell: Pool): string {
  const { texts } = scene;
  if (cell.first === cell.last) return `${name} · ${texts.unit(cell.first + 1)}: ${scene.shown(cell.value)}`;
  const range = texts.range(scene.shown(cell.lowest), scene.shown(cell.highest));
  return `${name} · ${texts.units(cell.first + 1, cell.last + 1)}: ${range}`;
}
