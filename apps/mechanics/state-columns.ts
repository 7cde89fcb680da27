import { html, style } from "./dom.js";
import type { Pool } from "./pooling.js";
import { diverging, type Ramp } from "./scales.js";

/** One state as an upright strip at a place of the picture, in pixels. */
export interface StateColumn {
  readonly pools: readonly Pool[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How much of the way to its new opacity a strip goes in one frame. */
const PACE = 0.28;

/** Many states as upright strips in one picture: hundreds of them cost less than a few elements each would. */
export class StateColumns {
  readonly element = html("canvas", { class: "state-columns" });
  private readonly colours = html("canvas");
  private sharpness = 1;
  private columns: readonly StateColumn[] = [];
  private opacities: number[] = [];
  private wanted: readonly number[] = [];
  private frame = 0;

  constructor(private readonly ramp: Ramp, private readonly limit: number) {}

  /** Takes these strips for a picture of this size. */
  place(columns: readonly StateColumn[], width: number, height: number): void {
    this.sharpness = globalThis.devicePixelRatio || 1;
    this.columns = columns;
    this.opacities = [];
    for (const canvas of [this.element, this.colours]) {
      canvas.width = this.edge(width);
      canvas.height = this.edge(height);
    }
    style(this.element, { width: `${width}px`, height: `${height}px` });
    this.colour();
  }

  /** Shows each strip at its opacity, which it takes on little by little where the reader wants motion. */
  show(opacities: readonly number[]): void {
    const still = this.opacities.length === 0 || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.wanted = opacities;
    if (still) this.opacities = [...opacities];
    cancelAnimationFrame(this.frame);
    this.paint();
    if (!still) this.frame = requestAnimationFrame(() => this.approach());
  }

  /** The strip at a point of the picture, and the cell of it; null where there is none, or it cannot be seen. */
  at(x: number, y: number): { column: number; cell: Pool } | null {
    const column = this.columns.findIndex((one) =>
      x >= one.x && x <= one.x + one.width && y >= one.y && y <= one.y + one.height);
    const found = this.columns[column];
    if (found === undefined) return null;
    const place = Math.floor(((y - found.y) / found.height) * found.pools.length);
    return { column, cell: found.pools[Math.min(place, found.pools.length - 1)]! };
  }

  private approach(): void {
    let moving = false;
    this.opacities = this.opacities.map((opacity, index) => {
      const rest = this.wanted[index]! - opacity;
      if (Math.abs(rest) < 0.01) return this.wanted[index]!;
      moving = true;
      return opacity + rest * PACE;
    });
    this.paint();
    if (moving && this.element.isConnected) this.frame = requestAnimationFrame(() => this.approach());
  }

  /** Every strip in full colour, once: in each frame they are only copied, as faint as they are then. */
  private colour(): void {
    const context = this.colours.getContext("2d");
    if (context === null) return;
    for (const { pools, x, y, width, height } of this.columns) {
      const [left, right] = [this.edge(x), this.edge(x + width)];
      pools.forEach(({ value }, cell) => {
        const [top, bottom] = [this.edge(y + (cell / pools.length) * height),
          this.edge(y + ((cell + 1) / pools.length) * height)];
        context.fillStyle = `rgb(${this.ramp.at(diverging(value, this.limit)).join(" ")})`;
        context.fillRect(left, top, right - left, bottom - top);
      });
    }
  }

  private paint(): void {
    const context = this.element.getContext("2d");
    if (context === null) return;
    context.clearRect(0, 0, this.element.width, this.element.height);
    this.columns.forEach(({ x, y, width, height }, index) => {
      const [left, top] = [this.edge(x), this.edge(y)];
      const [across, down] = [this.edge(x + width) - left, this.edge(y + height) - top];
      if (across === 0 || down === 0) return;
      context.globalAlpha = this.opacities[index]!;
      context.drawImage(this.colours, left, top, across, down, left, top, across, down);
    });
  }

  private edge(value: number): number {
    return Math.round(value * this.sharpness);
  }
}
