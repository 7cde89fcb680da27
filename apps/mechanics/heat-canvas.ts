import { CellWalk, type CellPlace } from "./cell-walk.js";
import type { Colour } from "./scales.js";

/**
 * A picture of numbers: one pixel for each cell, which the style sheet makes as large as it wants to. So drawing costs
 * the same at every size and on every screen.
 */
export class HeatCanvas {
  readonly element = document.createElement("canvas");

  constructor(readonly columns: number, readonly rows: number) {
    this.element.width = Math.max(columns, 1);
    this.element.height = Math.max(rows, 1);
    this.element.className = "heat";
  }

  /** Paints every cell; where there is no colour, the ground shows. */
  paint(colour: (row: number, column: number) => Colour | null): void {
    const context = this.element.getContext("2d");
    if (context === null || this.columns === 0 || this.rows === 0) return;
    const image = context.createImageData(this.columns, this.rows);
    for (let row = 0, offset = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++, offset += 4) {
        const found = colour(row, column);
        if (found === null) continue;
        image.data[offset] = found[0];
        image.data[offset + 1] = found[1];
        image.data[offset + 2] = found[2];
        image.data[offset + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
  }

  /** The picture once more. */
  copy(): HTMLCanvasElement {
    const twin = new HeatCanvas(this.columns, this.rows).element;
    twin.getContext("2d")?.drawImage(this.element, 0, 0);
    return twin;
  }

  /**
   * Calls back with the cell under the pointer, or to which the keys have come, and with null when they leave. `name`
   * says to a screen reader what is pictured.
   */
  onPoint(name: string, listener: (cell: CellPlace | null) => void): void {
    this.element.setAttribute("role", "application");
    this.element.setAttribute("aria-label", name);
    new CellWalk(this.element, { size: () => ({ cells: this.rows * this.columns, columns: this.columns }),
      tell: listener });
    for (const type of ["pointermove", "pointerdown"] as const) {
      this.element.addEventListener(type, (event) => listener(this.cellAt(event)));
    }
    this.element.addEventListener("pointerleave", ({ pointerType }) => {
      // A finger leaves when it is lifted, and the number is to be read then.
      if (pointerType !== "touch") listener(null);
    });
  }

  /** The cell under the pointer. */
  cellAt(event: PointerEvent | MouseEvent): CellPlace {
    const box = this.element.getBoundingClientRect();
    const place = (offset: number, size: number, count: number): number =>
      Math.min(Math.max(Math.floor((offset / Math.max(size, 1)) * count), 0), count - 1);
    return { row: place(event.clientY - box.top, box.height, this.rows),
      column: place(event.clientX - box.left, box.width, this.columns) };
  }
}
