import { html, set, style, svg } from "../dom.js";
import { at, shortened } from "../notation.js";
import type { Scene, View } from "../scene.js";
import { Strip } from "../strip.js";
import type { ViewValues } from "../view-state.js";
import { turn } from "./column-labels.js";

/** With more tokens than this their names do not fit over the lines. */
const MOST_LABELS = 48;
/** How high the lines from the tokens to the one vector are, in pixels. */
const HEIGHT = 84;

/**
 * What a model without attention has in the place of attention weights: the one vector that the whole source is pressed
 * into, and what each step gets of it. There is one column where a model with attention has one for each token.
 */
export class BottleneckView implements View {
  readonly element = html("div", { class: "bottleneck" });
  private readonly labels: readonly HTMLElement[];
  private readonly drawing = svg("svg", { class: "funnel", "aria-hidden": "true" });
  private readonly lines: readonly SVGElement[];
  private readonly one: Strip;
  private readonly list = html("ol", { class: "bottleneck-rows" });
  private readonly rows: readonly HTMLElement[];

  constructor(private readonly scene: Scene) {
    const { run, texts } = scene;
    this.labels = run.length.source > MOST_LABELS ? [] : run.sourceTokens.map((token) =>
      html("div", { class: "map-column", title: token }, html("bdi", {}, shortened(token, 10))));
    this.lines = run.sourceTokens.map(() => svg("path"));
    this.drawing.append(...this.lines);
    this.one = new Strip(scene, { name: this.symbol, limit: run.limits.state });
    this.rows = run.targetTokens.map((token, step) => this.row(token, step));
    this.list.append(...this.rows);
    const link = html("button", { class: "primary", type: "button" }, texts.seeStep);
    link.addEventListener("click", () => scene.set({ view: "step" }));
    link.hidden = run.length.steps === 0;
    this.element.append(html("div", { class: "map-columns" }, ...this.labels), this.drawing,
      html("div", { class: "bottleneck-one" }, html("h3", {}, `${this.symbol} · ${texts.oneVector}`), this.one.element),
      this.list, link);
  }

  update({ moment, view }: ViewValues): void {
    const { run } = this.scene;
    // Where a step goes phase by phase its token is not told before it is chosen.
    const unsaid = view === "attention" && moment.phase < run.phases.length - 1;
    const reading = moment.part === "encoder";
    const read = reading ? moment.index : run.length.source - 1;
    const now = reading ? -1 : moment.index;
    const backward = run.trace.encoder_states.forward === null;
    const known = (position: number): boolean => (backward ? run.length.source - 1 - position : position) <= read;
    this.lines.forEach((line, position) => line.classList.toggle("future", !known(position)));
    this.labels.forEach((label, position) => label.classList.toggle("future", !known(position)));
    this.one.show(read === run.length.source - 1 ? this.vector(0) : null);
    this.rows.forEach((row, step) => {
      row.hidden = step > now;
      row.classList.toggle("current", step === now);
      row.classList.toggle("unsaid", step === now && unsaid);
    });
    // Scrolls the list, not the page.
    const row = this.rows[now];
    if (row !== undefined) this.list.scrollTop = row.offsetTop + row.offsetHeight - this.list.clientHeight;
  }

  resize(): void {
    const width = this.element.clientWidth;
    const cell = width / Math.max(this.lines.length, 1);
    style(this.element, { "--cell": `${cell}px` });
    turn(this.labels, this.scene.run.sourceTokens.map((token) => shortened(token, 10)), cell);
    set(this.drawing, { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` });
    this.lines.forEach((line, position) => {
      const [x, end, half] = [(position + 0.5) * cell, width / 2, HEIGHT / 2];
      set(line, { d: `M${x} 2C${x} ${half} ${end} ${half} ${end} ${HEIGHT - 2}` });
    });
  }

  caption(): string {
    return this.scene.texts.noAttention;
  }

  /** The context has its letter where the steps read one; else the source is in the decoder's first state only. */
  private get symbol(): string {
    return this.once ? at("s", 0) : "c";
  }

  private get once(): boolean {
    return this.scene.run.trace.context_use === "initial";
  }

  /** What a step gets of the source: the first state at the first step, or the context at each. */
  private vector(step: number): readonly number[] | null {
    const { run, values } = this.scene;
    if (!this.once) return run.trace.steps[step]?.context ?? null;
    return step === 0 ? run.stateAfter(0, run.layer(values.layer)).hidden : null;
  }

  private row(token: string, step: number): HTMLElement {
    const { run, texts, news } = this.scene;
    const vector = this.vector(step);
    return html("li", { class: `bottleneck-row${news.has(step) ? " changed" : ""}` },
      html("div", { class: "token-label", title: token }, html("bdi", {}, shortened(token, 10))),
      vector === null ? html("div", { class: "bottleneck-none" }, texts.nothingMore(at("s", step)))
        : new Strip(this.scene, { name: this.symbol, limit: run.limits.state }, vector).element);
  }
}
