import { html, style } from "../dom.js";
import { at, decimalsFor, fixed, format, letters, shortened, visible, weight as asWeight } from "../notation.js";
import type { Phase } from "../phases.js";
import type { Scene, View } from "../scene.js";
import { reweigh, weightedSum } from "../scales.js";
import { formulaOf } from "../score-formulas.js";
import { Strip } from "../strip.js";
import type { Vector } from "../trace.js";
import type { ViewValues } from "../view-state.js";
import { waiting } from "./waiting.js";
import { WeightKnobs } from "./weight-knobs.js";

interface Row {
  readonly element: HTMLElement;
  readonly score: HTMLElement;
  readonly scoreText: HTMLElement;
  readonly weight: HTMLElement;
  readonly weightText: HTMLElement;
  readonly coverage: HTMLElement;
  readonly strip: HTMLElement;
}

/** What is left to see of a state without any weight. */
const FAINTEST = 0.04;

/** With more rows the bars and states change at once: so many transitions take longer than a frame. */
const MOVING_ROWS = 24;

/** How many letters of a token are shown. */
const LONGEST_LABEL = 10;

/** Scores that are this low belong to positions that may not be looked at. */
const MASKED = -29_000;

/** One attention step: scores, softmax with a temperature, the states faded by their weights, and their sum. */
export class AttentionView implements View {
  readonly element = html("div", { class: "attention" });
  private readonly body = html("div", { class: "attention-body" });
  private readonly pause: HTMLElement;
  private readonly query: Strip;
  private readonly context: Strip;
  private readonly rows: readonly Row[];
  private readonly list = html("div", { class: "attention-rows" });
  private readonly sumRow: HTMLElement;
  private readonly queryRow: HTMLElement;
  private readonly valuesHead = html("div");
  private readonly knobs: WeightKnobs;
  private readonly knob = html("input", { type: "range", min: -2, max: 2, step: 0.05, value: 0 });
  private readonly knobText = html("output");
  private readonly note = html("span", { class: "knob-note" });

  constructor(private readonly scene: Scene) {
    const { run, texts } = scene;
    this.pause = waiting(scene);
    this.knobs = new WeightKnobs(scene, () => this.update(scene.values));
    const { state } = run.limits;
    this.query = new Strip(scene, { name: "q", limit: state });
    this.context = new Strip(scene, { name: "c", limit: state });
    this.rows = run.sourceTokens.map((token, position) => this.row(token, position));
    this.queryRow = html("div", { class: "attention-row query-row" },
      html("div", { class: "query-label" }, html("b", {}, texts.query), html("code", {}, formulaOf(run.trace.score_formula ?? ""))),
      this.query.element);
    this.sumRow = html("div", { class: "attention-row sum-row" }, html("div", { class: "sum-label" }, texts.sum),
      this.context.element);
    const longest = Math.max(...run.sourceTokens.map((token) => letters(shortened(token, LONGEST_LABEL))), 3);
    style(this.body, { "--label": String(Math.min(longest, LONGEST_LABEL)) });
    this.list.classList.toggle("still", this.rows.length > MOVING_ROWS);
    this.list.append(...this.rows.map(({ element }) => element));
    const head = html("div", { class: "attention-row attention-head" }, html("div"), html("div", {}, texts.scores),
      html("div", {}, run.limits.coverage > 0 ? texts.weightsCovered : texts.weights), this.valuesHead);
    this.body.append(this.queryRow, head, this.list, this.sumRow, this.temperature());
    this.element.append(this.pause, this.body);
  }

  update(values: ViewValues): void {
    const { run, texts } = this.scene;
    const { moment } = values;
    this.pause.hidden = moment.part === "decoder";
    this.body.hidden = moment.part === "encoder";
    if (moment.part === "encoder") return;
    const step = run.step(moment.index);
    const scores = step.scores!;
    const byHand = step.overridden?.includes("weights") === true;
    const same = values.temperature === 1 || byHand;
    const weights = this.knobs.apply(moment.index,
      same ? step.weights! : reweigh(scores, step.weights!, values.temperature), same);
    const { changed } = this.knobs;
    const reached = this.reached(values);
    this.body.dataset["reached"] = reached;
    // Before the weights are multiplied in, a faded state would tell which one is looked at.
    const faded = reached === "context" || reached === "done";
    this.valuesHead.textContent = faded ? texts.values : texts.encoderState;
    this.query.show(reached === "waiting" ? null : step.query,
      at("s", run.trace.attend_order === "after" ? moment.index + 1 : moment.index));
    const { limits } = run;
    const decimals = decimalsFor(limits.score);
    const most = weights.indexOf(Math.max(...weights));
    this.rows.forEach((row, position) => {
      const masked = scores[position]! < MASKED;
      const score = masked ? 0 : scores[position]! / limits.score;
      style(row.score, { transform: `scaleX(${score.toFixed(4)})` });
      style(row.weight, { transform: `scaleX(${weights[position]!.toFixed(4)})` });
      style(row.strip, { opacity: faded ? (FAINTEST + (1 - FAINTEST) * weights[position]!).toFixed(4) : "1" });
      const covered = step.coverage?.[position] ?? 0;
      style(row.coverage, { transform: `scaleX(${Math.min(covered / Math.max(limits.coverage, 1), 1).toFixed(4)})` });
      row.element.classList.toggle("most", position === most);
      this.scene.write(row.scoreText, scores[position]!, masked ? () => "−∞" : (score) => fixed(score, decimals));
      this.scene.write(row.weightText, weights[position]!, asWeight);
    });
    if (reached !== "waiting") this.keepInSight(most);
    const sum = (): Vector | null =>
      (same && !changed ? step.context : weightedSum(run.trace.encoder_states.values, weights));
    this.context.show(faded ? sum() : null, at("c", moment.index + 1));
    this.knob.disabled = byHand;
    this.knob.value = String(Math.log2(values.temperature));
    this.knobText.textContent = format(values.temperature);
    this.note.textContent = changed ? texts.change.byHand : byHand ? texts.overridden.weights
      : same ? texts.asTrained : texts.whatIf;
    this.note.classList.toggle("what-if", !same || byHand || changed);
  }

  caption(values: ViewValues): string {
    const { run, texts } = this.scene;
    if (values.moment.part === "encoder") return this.scene.waiting.caption;
    const reached = this.reached(values);
    const local = run.trace.score_formula?.startsWith("local") === true;
    if (reached !== "done") return texts.captions.attention[local && reached === "weights" ? "window" : reached];
    const { index } = values.moment;
    return texts.captions.looks(visible(run.targetTokens[index]!), visible(run.sourceTokens[run.focus(index)]!));
  }

  active(): Element | null {
    const { reached } = this.body.dataset;
    if (this.body.hidden) return null;
    if (reached === "waiting") return this.queryRow;
    return reached === "context" || reached === "done" ? this.sumRow : this.list;
  }

  /** Scrolls the list, not the page, to a row. */
  private keepInSight(row: number): void {
    const { scrollTop, clientHeight, scrollHeight } = this.list;
    if (scrollHeight <= clientHeight) return;
    const height = scrollHeight / this.rows.length;
    const top = row * height;
    if (top < scrollTop || top + height > scrollTop + clientHeight) this.list.scrollTop = top - clientHeight / 2;
  }

  /** How far the attention is at this moment. */
  private reached(values: ViewValues): "waiting" | "scores" | "weights" | "context" | "done" {
    const { phases } = this.scene.run;
    const phase = phases[values.moment.phase]!;
    if (phase === "scores" || phase === "weights" || phase === "context") return phase;
    return values.moment.phase > phases.indexOf("context" satisfies Phase) ? "done" : "waiting";
  }

  private row(token: string, position: number): Row {
    const strip = new Strip(this.scene, { name: at("h", position + 1), limit: this.scene.run.limits.state,
      listed: true }, this.scene.run.value(position));
    const score = html("div", { class: "score-bar" });
    const weight = html("div", { class: "weight-bar" });
    const coverage = html("div", { class: "coverage-bar", hidden: this.scene.run.limits.coverage === 0 });
    const scoreText = html("span", { class: "bar-text" });
    const weightText = html("span", { class: "bar-text" });
    const faded = html("div", { class: "faded" }, strip.element);
    const element = html("div", { class: "attention-row" },
      html("div", { class: "token-label", title: token }, html("bdi", {}, shortened(token, LONGEST_LABEL))),
      html("div", { class: "bar score" }, html("div", { class: "bar-room" }, score), scoreText),
      html("div", { class: "bar weight" }, html("div", { class: "bar-room" }, weight, coverage,
        ...this.knobs.slider(token, position)), weightText), faded);
    return { element, score, scoreText, weight, weightText, coverage, strip: faded };
  }

  private temperature(): HTMLElement {
    this.knob.addEventListener("input", () => {
      // The middle is exactly 1: the model's own weights.
      const power = Math.abs(Number(this.knob.value)) < 0.1 ? 0 : Number(this.knob.value);
      this.scene.set({ temperature: Number((2 ** power).toPrecision(3)) });
    });
    const text = html("span", {}, this.scene.texts.temperature);
    return html("div", { class: "knobs" }, html("label", { class: "knob" }, text, this.knob, this.knobText, this.note),
      this.knobs.element);
  }
}
