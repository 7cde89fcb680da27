import { HeatMapGrid } from "./heat-map-grid.js";
import { numbersTable } from "./numbers-table.js";

/**
 * The attention of one translation: a grid that grows row by row, a line that tells the number under the pointer or
 * the keyboard's cell, a colour scale, and the same numbers as a table.
 */
export class HeatMap {
  private readonly grid: HeatMapGrid;
  private readonly readout = document.createElement("output");
  private readonly details = document.createElement("details");

  constructor(private readonly container: HTMLElement) {
    this.grid = new HeatMapGrid((text) => { this.readout.textContent = text; });
    this.readout.className = "readout";
    const summary = document.createElement("summary");
    summary.textContent = "The numbers as a table";
    this.details.append(summary);
    this.details.addEventListener("toggle", () => this.fillTable());
    container.append(this.grid.element, this.belowGrid(), this.details);
    // In the next frame: drawing inside the observer would change what it observes.
    new ResizeObserver(() => requestAnimationFrame(() => this.grid.layOut(container.clientWidth))).observe(container);
  }

  /** An empty map over these source tokens. */
  start(sourceTokens: readonly string[]): void {
    this.grid.start(sourceTokens, this.container.clientWidth);
    this.fillTable();
  }

  addRow(token: string, weights: readonly number[]): void {
    this.grid.addRow(token, weights);
  }

  finish(): void {
    this.grid.describe();
    this.fillTable();
  }

  private belowGrid(): HTMLElement {
    const line = document.createElement("div");
    line.className = "below-grid";
    const scale = document.createElement("span");
    scale.className = "scale";
    scale.setAttribute("role", "img");
    scale.setAttribute("aria-label", "Colour scale from 0 to 1");
    const ramp = document.createElement("span");
    ramp.className = "ramp";
    scale.append("0", ramp, "1");
    line.append(scale, this.readout);
    return line;
  }

  /** The table is made when it is wanted: a long sentence has thousands of numbers. */
  private fillTable(): void {
    this.details.querySelector(".table-scroll")?.remove();
    if (this.details.open) {
      this.details.append(numbersTable(this.grid.sourceTokens, this.grid.targetTokens, this.grid.weights));
    }
  }
}
