import { letters, visible } from "./notation.js";

/** How high a state is drawn, in pixels. */
export const HEIGHT = 96;

/** How many letters of a token are written under its state, and about half of a letter's width. */
export const LONGEST_LABEL = 12;
const LETTER = 4.6;

/** Where things stand in the unrolled drawing, from above, in pixels. */
export type Rows = Readonly<Record<"part" | "tokens" | "encoder" | "decoder" | "target" | "name" | "end", number>>;

/** Where a line of the drawing begins, and where it ends. */
type Point = readonly [x: number, y: number];

/** The places of states and tokens in the unrolled drawing, and the lines between them, in pixels. */
export class UnrolledLayout {
  readonly rows: Rows;

  /** `cell` is the width of a token's column, `scale` the size of the type. */
  constructor(readonly cell: number, private readonly scale: number) {
    const line = 24 * scale;
    const encoder = line * 2.6;
    const decoder = encoder + HEIGHT + 96;
    this.rows = { part: line * 0.7, tokens: line * 2, encoder, decoder, target: decoder + HEIGHT + line,
      name: decoder + HEIGHT + line * 2.2, end: decoder + HEIGHT + line * 2.5 };
  }

  /** How wide a state is drawn. */
  get width(): number {
    return Math.min(this.cell * 0.3, 20);
  }

  /** The middle of a source token's column. */
  source(position: number): number {
    return (position + 0.5) * this.cell;
  }

  /** The middle of a step's column; that of the initial state, step -1, comes first. */
  step(step: number): number {
    return (step + 1.5) * this.cell;
  }

  /** The width of all columns. */
  full(source: number, steps: number): number {
    return Math.max(source, steps + 1) * this.cell;
  }

  /** From one state of the encoder to its neighbour. */
  read(from: number, to: number, y: number): string {
    return `M${this.source(from)} ${y}H${this.source(to)}`;
  }

  /** From a source token into its state. */
  enter(position: number): string {
    return `M${this.source(position)} ${this.rows.tokens - 5}V${this.rows.encoder + HEIGHT / 2}`;
  }

  /** From the decoder's state before a step to the one after it. */
  carry(step: number): string {
    return `M${this.step(step - 1)} ${this.rows.decoder + HEIGHT / 2}H${this.step(step)}`;
  }

  /** From the encoder's state at a position down to the decoder's state of a step. */
  look(position: number, step: number): string {
    const [bottom, top] = [this.rows.encoder + HEIGHT + 5, this.rows.decoder - 6];
    return curve([this.source(position), bottom], [this.step(step), top]);
  }

  /** From the token that was written before a step up into the step's state, past that step's own token. */
  feed(step: number, token: string): string {
    const written = Math.min(letters(visible(token)), LONGEST_LABEL) * LETTER * this.scale + 5;
    const [x, end] = [this.step(step - 1) + Math.min(this.cell * 0.42, written), this.step(step) - this.width / 2 - 3];
    const [bottom, top] = [this.rows.target - 5, this.rows.decoder + HEIGHT * 0.86];
    const bend = (end - x) * 0.6;
    return `M${x} ${bottom}C${x + bend} ${bottom} ${end - bend} ${top} ${end} ${top}`;
  }

  /** The head of the arrow at the end of `feed`. */
  feedHead(step: number): string {
    const [end, top] = [this.step(step) - this.width / 2 - 3, this.rows.decoder + HEIGHT * 0.86];
    const size = Math.min(this.cell * 0.08, 4);
    return `M${end - size} ${top - size}L${end} ${top}L${end - size} ${top + size}`;
  }
}

function curve([x, top]: Point, [end, bottom]: Point): string {
  const half = (top + bottom) / 2;
  return `M${x} ${top}C${x} ${half} ${end} ${half} ${end} ${bottom}`;
}
