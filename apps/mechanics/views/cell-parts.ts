import type { CellRow } from "../cell-rows.js";
import { html } from "../dom.js";
import { largest } from "../pooling.js";
import type { Scene } from "../scene.js";
import { Strip } from "../strip.js";
import type { Vector } from "../trace.js";
import { NearestLine } from "./nearest-line.js";

/** What enters a cell. */
export interface CellInput {
  readonly name: string;
  readonly vector: Vector;
  /** What the colours end at. */
  readonly limit: number;
  /** The token that it embeds, where it does. */
  readonly token?: string;
  readonly side?: "source" | "target";
}

/** A vector of the cell's mechanics with its letter, and a heading where it begins a group. */
export interface NamedRow extends CellRow { readonly symbol: string; readonly heading?: string }

/** One input of a cell: its name, its strip, and the nearest tokens of an embedding. */
export class InputPart {
  readonly element: HTMLElement;
  private readonly name = html("div", { class: "cell-name" });
  private readonly strip: Strip;
  private readonly nearest = html("div");

  constructor(private readonly scene: Scene, input: CellInput) {
    this.strip = new Strip(scene, { name: input.name, limit: input.limit });
    this.element = html("div", { class: "cell-input" }, this.name, this.strip.element, this.nearest);
  }

  show({ name, vector, token, side }: CellInput): void {
    this.name.textContent = name;
    this.strip.show(vector, name);
    this.nearest.replaceChildren(...(token === undefined || side === undefined ? []
      : [new NearestLine(this.scene, side, token, vector).element]));
  }
}

/** One vector of a cell as a row: letter, name, strip. */
export class RowPart {
  readonly elements: readonly HTMLElement[];
  readonly strip: Strip;
  private readonly symbol = html("div", { class: "cell-symbol" });

  private vector: Vector = [];

  /** `onUnit` is called with the unit under the pointer, of several in a cell the one that its colour is of. */
  constructor(scene: Scene, row: NamedRow, onUnit: (unit: number | null) => void) {
    const { texts, run } = scene;
    const limits = { state: run.limits.state, unit: 1, gate: "gate" as const, cell: cellLimit(scene) };
    this.strip = new Strip(scene, { name: row.symbol, limit: limits[row.scale],
      onUnits: (units) => onUnit(units === null ? null : this.vector.indexOf(units.value, units.first)) });
    const titles: Readonly<Record<string, string>> = { previousState: texts.previousState, newState: texts.newState,
      previousCell: texts.previousCell, newCell: texts.newCell };
    const hint = titles[row.kind] === undefined ? texts.gateHints[row.kind] ?? "" : "";
    this.elements = [...(row.heading === undefined ? [] : [html("h3", {}, row.heading)]),
      html("div", { class: `cell-row ${row.scale} ${row.kind}` }, this.symbol,
        html("div", { class: "cell-name" }, titles[row.kind] ?? texts.gates[row.kind]!,
          html("span", { class: "cell-hint" }, hint)), this.strip.element)];
  }

  show(row: NamedRow): void {
    this.symbol.textContent = row.symbol;
    this.vector = row.vector;
    this.strip.show(row.vector, row.symbol);
  }
}

/** Memory cells are not squashed: their colours end at the largest of the run. */
function cellLimit({ run }: Scene): number {
  return largest(run.trace.steps.flatMap((step) => step.state.map(({ cell }) => cell ?? []))) || 1;
}
