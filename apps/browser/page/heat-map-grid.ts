import { visible } from "./visible.js";

const SVG = "http://www.w3.org/2000/svg";
const GAP = 2;
/** Average width of a letter at the label's size, in pixels. */
const LETTER = 7.4;
const LONGEST_LABEL = 14;
const TOP_PADDING = 8;
/** Narrower columns could not be told apart by touch; a longer sentence scrolls. */
const NARROWEST = 12;

/** The cells and their labels, drawn as SVG. Pointer and arrow keys pick a cell, whose number goes to `onPick`. */
export class HeatMapGrid {
  readonly element = document.createElement("div");
  sourceTokens: readonly string[] = [];
  targetTokens: string[] = [];
  weights: (readonly number[])[] = [];
  private readonly labels = svg("svg", { class: "row-labels", "aria-hidden": "true" });
  private readonly scroll = document.createElement("div");
  private readonly cells = svg("svg", { class: "cells", "aria-hidden": "true" });
  private readonly cursor = svg("rect", { class: "cursor", rx: 4, visibility: "hidden" });
  private picked: { row: number; column: number } | undefined;
  private width = 0;
  private size = { cellWidth: 0, cellHeight: 0, header: 0, labelWidth: 0, slanted: false };

  constructor(private readonly onPick: (text: string) => void) {
    this.element.className = "grid";
    this.scroll.className = "grid-scroll";
    this.scroll.tabIndex = 0;
    this.scroll.setAttribute("role", "group");
    this.scroll.append(this.cells);
    this.element.append(this.labels, this.scroll);
    this.cells.addEventListener("pointermove", (event) => this.pickAt(event));
    this.cells.addEventListener("pointerdown", (event) => this.pickAt(event));
    this.scroll.addEventListener("keydown", (event) => this.onKey(event));
    this.scroll.addEventListener("scroll", () => this.markHidden());
    this.scroll.addEventListener("focus", () => this.picked ?? this.pick(0, 0));
  }

  start(sourceTokens: readonly string[], width: number): void {
    this.sourceTokens = sourceTokens;
    this.targetTokens = [];
    this.weights = [];
    this.picked = undefined;
    this.width = 0;
    this.layOut(width);
    this.describe();
    this.onPick("");
  }

  addRow(token: string, weights: readonly number[]): void {
    this.targetTokens.push(token);
    this.weights.push(weights);
    const labelWidth = this.labelWidth();
    if (labelWidth > this.size.labelWidth) this.draw();
    else this.drawRow(this.targetTokens.length - 1);
  }

  /** Draws anew for a container of this width, in pixels. */
  layOut(width: number): void {
    if (width === this.width || width === 0) return;
    this.width = width;
    this.draw();
  }

  /** Says in words what the grid is. */
  describe(): void {
    const size = `${this.targetTokens.length} rows, ${this.sourceTokens.length} columns`;
    this.scroll.setAttribute("aria-label", `Attention heat map, ${size}. The arrow keys move from cell to cell.`);
  }

  private draw(): void {
    const shown = this.sourceTokens.map(label);
    // The end token comes last and may stick out: it does not decide how the others are written.
    const longest = Math.max(1, ...shown.slice(0, -1).map((token) => [...token].length));
    const labelWidth = this.labelWidth();
    const available = (this.width - labelWidth - 8) / Math.max(1, this.sourceTokens.length);
    const slanted = longest > 2 && longest * LETTER > Math.min(available, 56);
    const cellWidth = Math.floor(Math.min(Math.max(available, slanted ? 22 : NARROWEST), slanted || longest > 2 ? 72 : 40));
    const header = slanted ? Math.ceil(longest * LETTER * 0.75) + 18 : 24;
    this.size = { cellWidth, cellHeight: 26, header: header + TOP_PADDING, labelWidth, slanted };
    this.labels.replaceChildren();
    this.cells.replaceChildren(...shown.map((token, column) => this.columnLabel(token, column)), this.cursor);
    // Slanted labels lean out over the last column, an upright end token a little.
    const overhang = slanted ? Math.ceil(Math.max(longest, 4) * LETTER * 0.75) : Math.max(0, 28 - cellWidth) / 2;
    this.cells.setAttribute("width", String(this.sourceTokens.length * cellWidth + overhang));
    this.labels.setAttribute("width", String(labelWidth));
    this.resize();
    this.targetTokens.forEach((_, row) => this.drawRow(row));
    if (this.picked) this.pick(this.picked.row, this.picked.column);
    this.markHidden();
  }

  /** Fades the edge beyond which there are more columns. */
  private markHidden(): void {
    const { scrollLeft, scrollWidth, clientWidth, classList } = this.scroll;
    classList.toggle("more-before", scrollLeft > 1);
    classList.toggle("more-after", scrollLeft + clientWidth < scrollWidth - 1);
  }

  private drawRow(row: number): void {
    const { cellWidth, cellHeight, header, labelWidth } = this.size;
    const y = header + row * cellHeight;
    const text = svg("text", { x: labelWidth - 8, y: y + cellHeight / 2, class: "row-label", "data-row": row });
    text.textContent = label(this.targetTokens[row]!);
    this.labels.append(text);
    const cells = this.weights[row]!.map((weight, column) => {
      const cell = svg("rect", { x: column * cellWidth + GAP / 2, y: y + GAP / 2, width: cellWidth - GAP,
        height: cellHeight - GAP, rx: 3, class: "cell" });
      // Set through the object model: a strict Content-Security-Policy forbids style attributes in the markup.
      cell.style.setProperty("--weight", weight.toFixed(4));
      return cell;
    });
    this.cursor.before(...cells);
    this.resize();
  }

  private resize(): void {
    const height = this.size.header + Math.max(1, this.targetTokens.length) * this.size.cellHeight + 2;
    for (const drawing of [this.labels, this.cells]) drawing.setAttribute("height", String(height));
  }

  private columnLabel(token: string, column: number): SVGElement {
    const { cellWidth, header, slanted } = this.size;
    const x = (column + 0.5) * cellWidth;
    const y = header - 10;
    const style = slanted ? "slanted" : [...token].length * LETTER > cellWidth ? "narrow" : "";
    const text = svg("text", { class: `column-label ${style}`, x, y, "data-column": column });
    if (slanted) text.setAttribute("transform", `rotate(-48 ${x} ${y})`);
    text.textContent = token;
    return text;
  }

  private labelWidth(): number {
    const longest = Math.max(4, ...this.targetTokens.map((token) => [...label(token)].length));
    return Math.ceil(longest * LETTER) + 14;
  }

  private pickAt(event: PointerEvent): void {
    const bounds = this.cells.getBoundingClientRect();
    const column = Math.floor((event.clientX - bounds.left) / this.size.cellWidth);
    const row = Math.floor((event.clientY - bounds.top - this.size.header) / this.size.cellHeight);
    if (this.weights[row]?.[column] !== undefined) this.pick(row, column);
  }

  private onKey(event: KeyboardEvent): void {
    const move = MOVES[event.key];
    if (move === undefined || this.weights.length === 0) return;
    event.preventDefault();
    const { row, column } = this.picked ?? { row: 0, column: 0 };
    const clamp = (value: number, count: number): number => Math.min(Math.max(value, 0), count - 1);
    this.pick(clamp(row + move[0], this.weights.length), clamp(column + move[1], this.sourceTokens.length));
    this.cursor.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private pick(row: number, column: number): void {
    const weight = this.weights[row]?.[column];
    if (weight === undefined) return;
    this.picked = { row, column };
    const { cellWidth, cellHeight, header } = this.size;
    set(this.cursor, { x: column * cellWidth, y: header + row * cellHeight, width: cellWidth, height: cellHeight,
      visibility: "visible" });
    for (const text of this.element.querySelectorAll("text")) {
      text.classList.toggle("picked", text.dataset["row"] === String(row) || text.dataset["column"] === String(column));
    }
    const [target, source] = [visible(this.targetTokens[row]!), visible(this.sourceTokens[column]!)];
    this.onPick(`Writing “${target}”, looking at “${source}”: ${weight.toFixed(3)}`);
  }
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

function label(token: string): string {
  const codePoints = [...visible(token)];
  return codePoints.length > LONGEST_LABEL ? `${codePoints.slice(0, LONGEST_LABEL - 1).join("")}…` : codePoints.join("");
}

function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  set(element, attributes);
  return element;
}

function set(element: SVGElement, attributes: Record<string, string | number>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
