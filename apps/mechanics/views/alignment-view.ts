import { html, style } from "../dom.js";
import { HeatCanvas } from "../heat-canvas.js";
import { letters, percent, shortened, visible } from "../notation.js";
import type { Scene, View } from "../scene.js";
import type { Matrix } from "../trace.js";
import type { ViewValues } from "../view-state.js";
import { mergeWeights, wordOf, type Word } from "../words.js";
import { turn } from "./column-labels.js";
import { Picture } from "./picture.js";

const LONGEST_LABEL = 14;
/** How many source tokens a sentence about a step names, and the least weight it takes to be named. */
const NAMED = 3;
const LEAST_NAMED = 0.05;
/** Beyond so many rows only those near the present one are read out: a list of hundreds helps nobody. */
const ROWS_IN_WORDS = 60;

/** The attention weights as a matrix that grows by one row each step. */
export class AlignmentView implements View {
  readonly element = html("div", { class: "alignment" });
  private readonly rows: readonly Word[];
  private readonly columns: readonly Word[];
  private readonly weights: Matrix;
  private readonly heat: HeatCanvas;
  private readonly cells = html("div", { class: "map-cells", tabindex: 0, role: "application" });
  private readonly scroll = html("div", { class: "map-scroll" });
  private readonly cursor = html("div", { class: "map-cursor", hidden: true });
  private readonly now = html("div", { class: "map-now" });
  private readonly sentence = html("p", { class: "map-sentence" });
  private readonly words = html("ol", { class: "hidden-text" });
  private readonly picture: Picture;
  private readonly rowLabels: readonly HTMLElement[];
  private readonly columnLabels: readonly HTMLElement[];
  private picked = { row: 0, column: 0 };
  private shownRows = -1;
  /** The rows that the list for screen readers holds, the last one excluded. */
  private listed = { first: 0, last: 0 };

  constructor(private readonly scene: Scene) {
    const { run, texts } = scene;
    const merged = scene.values.words;
    this.rows = merged ? run.targetWords : run.targetTokens.map((text, index) => ({ text, tokens: [index] }));
    this.columns = merged ? run.sourceWords : run.sourceTokens.map((text, index) => ({ text, tokens: [index] }));
    this.weights = mergeWeights(run.weights ?? [], run.weights === null ? [] : this.rows, this.columns);
    this.heat = new HeatCanvas(this.columns.length, this.rows.length);
    this.rowLabels = this.rows.map(({ text, tokens }) =>
      label(text, `map-row${tokens.some((token) => scene.news.has(token)) ? " changed" : ""}`));
    this.columnLabels = this.columns.map(({ text }) => label(text, "map-column"));
    this.cells.setAttribute("aria-label", texts.map(this.rows.length, this.columns.length));
    this.heat.element.setAttribute("aria-hidden", "true");
    this.cells.append(this.heat.element, html("div", { class: "map-lines" }), this.now, this.cursor);
    this.scroll.append(html("div", { class: "map-corner" }),
      html("div", { class: "map-columns", "aria-hidden": "true" }, ...this.columnLabels),
      html("div", { class: "map-rows", "aria-hidden": "true" }, ...this.rowLabels), this.cells);
    this.picture = new Picture(run);
    this.element.append(this.picture.element, this.scroll, this.sentence, this.scale(), this.words);
    this.listen();
  }

  update(values: ViewValues): void {
    const { moment } = values;
    const step = moment.part === "encoder" ? -1 : moment.index;
    const row = step < 0 ? -1 : wordOf(this.rows, step);
    // A word's row is there once its last token is written.
    const shown = row < 0 ? 0 : row + (this.rows[row]!.tokens.at(-1)! <= step ? 1 : 0);
    if (shown !== this.shownRows) {
      this.shownRows = shown;
      const { weight } = this.scene.palette;
      this.heat.paint((place, column) => (place < shown ? weight.at(this.weights[place]![column]!) : null));
      this.rowLabels.forEach((element, index) => element.classList.toggle("future", index >= shown));
      this.describe(shown);
    }
    const current = shown - 1;
    this.picture.show(step < 0 ? null : this.scene.run.step(step).weights);
    this.sentence.setAttribute("aria-live", values.playing ? "off" : "polite");
    this.now.hidden = current < 0;
    style(this.now, { "--row": String(Math.max(current, 0)) });
    this.sentence.textContent = current < 0 ? this.scene.waiting.text : this.inWords(current);
    this.rowLabels.forEach((element, index) => element.classList.toggle("current", index === current));
    this.keepInSight(current);
  }

  caption(): string {
    if (this.scene.run.length.steps === 0) return this.scene.waiting.caption;
    return this.scene.texts.captions.alignment;
  }

  resize(width: number): void {
    const scale = this.scene.values.present ? 1.35 : 1;
    const longest = Math.max(2, ...this.rows.map(({ text }) => Math.min(letters(visible(text)), LONGEST_LABEL)));
    const labelWidth = Math.ceil(longest * 8.2 * scale + 18);
    const cell = Math.floor(Math.min(Math.max((width - labelWidth - 2) / Math.max(this.columns.length, 1), 18 * scale),
      56 * scale));
    turn(this.columnLabels, this.columns.map(({ text }) => text), cell / scale);
    style(this.element, { "--cell": `${cell}px`, "--cell-height": `${Math.min(Math.max(cell, 22), 34 * scale)}px`,
      "--labels": `${labelWidth}px`, "--columns": String(this.columns.length), "--rows": String(this.rows.length) });
    this.keepInSight(this.shownRows - 1);
  }

  active(): Element | null {
    return this.sentence;
  }

  private inWords(row: number): string {
    const weights = this.weights[row]!;
    const best = weights.map((weight, column) => ({ weight, column })).sort((a, b) => b.weight - a.weight)
      .filter(({ weight }, index) => index === 0 || weight >= LEAST_NAMED).slice(0, NAMED);
    const places = best.map(({ weight, column }) =>
      `“${visible(this.columns[column]!.text)}” (${this.scene.shown(weight, percent)})`);
    return this.scene.texts.looksAt(visible(this.rows[row]!.text), places);
  }

  /** Keeps a sentence for each row in the list for screen readers; only the rows that are new are written. */
  private describe(shown: number): void {
    const first = Math.max(0, shown - ROWS_IN_WORDS);
    let { first: from, last } = this.listed;
    if (first < from || first > last) {
      this.words.replaceChildren();
      [from, last] = [first, first];
    }
    for (; from < first; from++) this.words.firstElementChild!.remove();
    for (; last > shown; last--) this.words.lastElementChild!.remove();
    for (; last < shown; last++) this.words.append(html("li", { value: last + 1 }, this.inWords(last)));
    this.listed = { first, last };
  }

  private scale(): HTMLElement {
    return html("div", { class: "scale", "aria-hidden": "true" }, "0", html("span", { class: "ramp weights" }), "1");
  }

  /** Scrolls the matrix, not the page, to a row and to what it looks at most. */
  private keepInSight(row: number): void {
    const { clientWidth, clientHeight, scrollLeft, scrollTop, scrollWidth, scrollHeight } = this.scroll;
    const weights = this.weights[row];
    if (weights === undefined || (scrollWidth <= clientWidth && scrollHeight <= clientHeight)) return;
    const column = weights.indexOf(Math.max(...weights));
    const [width, height] = [this.cells.clientWidth / this.columns.length, this.cells.clientHeight / this.rows.length];
    // The labels above and to the left stay, and cover as much of the matrix.
    const [across, down] = [clientWidth - this.cells.offsetLeft - width, clientHeight - this.cells.offsetTop - height];
    const [x, y] = [column * width, row * height];
    this.scroll.scrollTo({
      left: x < scrollLeft || x > scrollLeft + across ? Math.max(0, x - across / 2) : scrollLeft,
      top: y < scrollTop || y > scrollTop + down ? Math.max(0, y - down) : scrollTop });
  }

  private listen(): void {
    const at = (event: MouseEvent): void => this.pick(this.heat.cellAt(event));
    this.cells.addEventListener("pointermove", at);
    this.cells.addEventListener("click", (event) => {
      at(event);
      this.goToPicked();
    });
    this.cells.addEventListener("pointerleave", ({ pointerType }) => {
      // A finger leaves when it is lifted, and the number is to be read then.
      if (pointerType !== "touch") this.leave();
    });
    this.cells.addEventListener("blur", () => this.leave());
    this.cells.addEventListener("keydown", (event) => {
      const move = MOVES[event.key];
      if (move === undefined && event.key !== "Enter") return;
      // The arrows belong to the matrix while it has the focus, not to the time.
      event.preventDefault();
      event.stopPropagation();
      if (move === undefined) this.goToPicked();
      else this.pick({ row: this.picked.row + move[0], column: this.picked.column + move[1] });
    });
  }

  private leave(): void {
    this.cursor.hidden = true;
    this.scene.say("");
    this.columnLabels.forEach((element) => element.classList.remove("current"));
  }

  private goToPicked(): void {
    const word = this.rows[this.picked.row];
    if (word !== undefined) this.scene.goToStep(word.tokens.at(-1)!);
  }

  private pick({ row, column }: { row: number; column: number }): void {
    const inside = (value: number, count: number): number => Math.min(Math.max(value, 0), Math.max(count - 1, 0));
    this.picked = { row: inside(row, this.rows.length), column: inside(column, this.columns.length) };
    const weight = this.weights[this.picked.row]?.[this.picked.column];
    if (weight === undefined) return;
    this.cursor.hidden = false;
    style(this.cursor, { "--row": String(this.picked.row), "--column": String(this.picked.column) });
    this.columnLabels.forEach((element, index) => element.classList.toggle("current", index === this.picked.column));
    const written = visible(this.rows[this.picked.row]!.text);
    const known = this.picked.row < this.shownRows;
    this.scene.say(this.scene.texts.cell(known ? written : "…", visible(this.columns[this.picked.column]!.text),
      known ? this.scene.shown(weight) : "…"));
  }
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1],
};

function label(text: string, name: string): HTMLElement {
  return html("div", { class: name, title: text }, html("bdi", {}, shortened(text, LONGEST_LABEL)));
}
