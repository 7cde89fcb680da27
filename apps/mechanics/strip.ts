import { html, style } from "./dom.js";
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
}

/** A vector as a row of coloured cells: some units a cell, or all units in several rows. */
export class Strip {
  readonly element = html("div", { class: "strip" });
  private canvas: HeatCanvas | undefined;
  private pools: readonly Pool[] = [];
  private vector: Vector = [];
  private marked: number | null = null;
  private name: string;
  private readonly mark = html("div", { class: "unit-mark", hidden: true });

  constructor(private readonly scene: Scene, private readonly options: StripOptions, vector: Vector | null = null) {
    this.name = options.name;
    this.element.append(this.mark);
    this.element.addEventListener("pointermove", (event) => this.tell(event));
    this.element.addEventListener("pointerdown", (event) => this.tell(event));
    this.element.addEventListener("pointerleave", () => {
      scene.say("");
      options.onUnits?.(null);
    });
    this.show(vector);
  }

  /** Draws this vector; null leaves the place empty. */
  show(vector: Vector | null, name = this.name): void {
    this.name = name;
    this.element.classList.toggle("empty", vector === null);
    if (vector === null) return;
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
  }

  /** How many units a cell shows, at most. */
  get unitsACell(): number {
    return Math.max(1, ...this.pools.map(({ first, last }) => last - first + 1));
  }

  /** The picture once more, to be moved about; null where nothing is shown. */
  copy(): HTMLCanvasElement | null {
    return this.element.classList.contains("empty") ? null : this.canvas?.copy() ?? null;
  }

  /** Marks the cell that holds a unit, and paints it in that unit's own colour; null takes the mark away. */
  point(unit: number | null): void {
    const index = unit === null ? -1 : this.pools.findIndex((cell) => holds(cell, unit));
    if (unit !== this.marked) {
      this.marked = unit;
      this.paint();
    }
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

  private tell(event: PointerEvent): void {
    if (this.canvas === undefined || this.element.classList.contains("empty")) return;
    const { row, column } = this.canvas.cellAt(event);
    const cell = this.pools[row * this.canvas.columns + column];
    if (cell === undefined) return;
    this.scene.say(describe(this.scene, this.name, cell));
    this.options.onUnits?.(cell);
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
