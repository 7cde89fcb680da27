import { appear, html } from "../dom.js";
import { arithmetic, cellRows, type Arithmetic, type CellRow } from "../cell-rows.js";
import { at, shortened, visible } from "../notation.js";
import { largest, type Pool } from "../pooling.js";
import type { Scene, View } from "../scene.js";
import { Strip } from "../strip.js";
import type { TraceStep, Vector } from "../trace.js";
import type { ViewValues } from "../view-state.js";
import { NearestLine } from "./nearest-line.js";

const FORMULAS = {
  gru: ["r = σ(Wᵣ x + Uᵣ s)", "g = tanh(W x + r · U s)", "s′ = z · s + (1 − z) · g"],
  lstm: ["c′ = f · c + i · g", "s′ = o · tanh(c′)"],
  simple_rnn: ["s′ = tanh(W x + U s)"],
} as const;

/** The inside of a recurrent cell: input and previous state, gates unit by unit, new state. */
export class CellView implements View {
  readonly element = html("div", { class: "cell-view" });
  private readonly inputs = html("div", { class: "cell-inputs" });
  private readonly rows = html("div", { class: "cell-rows" });
  private readonly sum = html("div", { class: "arithmetic" });
  private strips: Strip[] = [];
  private shown = "";
  /** The unit that the user has chosen; else the one that changes most speaks for all. */
  private pinned: number | null = null;

  constructor(private readonly scene: Scene) {
    const { run } = scene;
    const formulas = html("div", { class: "cell-formulas" },
      ...FORMULAS[run.trace.cell].map((line) => html("code", {}, line)));
    this.element.append(this.inputs, this.rows, this.sum, formulas);
  }

  update(values: ViewValues): void {
    const { part, index } = values.moment;
    if (this.shown === part + index) return;
    this.shown = part + index;
    this.strips = [];
    this.sum.replaceChildren();
    if (part === "encoder") this.showEncoder(index);
    else this.showDecoder(index);
    this.point(null);
    appear([...this.inputs.children, ...this.rows.children], 60 / values.speed);
  }

  caption(values: ViewValues): string {
    const { run, texts } = this.scene;
    const { part, index } = values.moment;
    return part === "encoder" ? texts.captions.cellReads(visible(run.sourceTokens[index]!))
      : texts.captions.cellWrites[run.trace.cell];
  }

  private showEncoder(index: number): void {
    const { run, texts, values } = this.scene;
    this.element.dataset["part"] = "encoder";
    const last = run.length.source - 1;
    const lines: HTMLElement[] = [];
    const inputs: HTMLElement[] = [];
    for (const direction of ["forward", "backward"] as const) {
      const states = run.encoderStates(direction, values.layer);
      if (states === null) continue;
      const back = direction === "backward";
      const here = back ? last - index : index;
      const arrow = back ? "←h" : "→h";
      const before = states[back ? here + 1 : here - 1] ?? states[here]!.map(() => 0);
      const token = run.sourceTokens[here]!;
      const embedding = run.trace.source_embeddings[here]!;
      inputs.push(this.input(`${at("x", here + 1)} “${shortened(token, 10)}”`, embedding, run.limits.embedding,
        new NearestLine(this.scene, "source", token, embedding).element));
      lines.push(
        html("h3", {}, back ? texts.backwardStates : texts.forwardStates),
        this.line({ kind: "previousState", vector: before, scale: "state" }, at(arrow, back ? here + 2 : here)),
        this.line({ kind: "newState", vector: states[here]!, scale: "state" }, at(arrow, here + 1)));
    }
    this.inputs.replaceChildren(...inputs);
    this.rows.replaceChildren(...lines);
  }

  private showDecoder(index: number): void {
    const { run, values } = this.scene;
    this.element.dataset["part"] = "decoder";
    const layer = run.layer(values.layer);
    const step = run.step(index);
    this.inputs.replaceChildren(...this.decoderInputs(step, index, layer));
    const names: Readonly<Record<string, string>> = { previousState: at("s", index), newState: at("s", index + 1),
      previousCell: at("c", index), newCell: at("c", index + 1), update: "z", reset: "r", candidate: "g", input: "i",
      forget: "f", output: "o" };
    this.rows.replaceChildren(...cellRows(step, layer).map((row) => this.line(row, names[row.kind]!)));
  }

  private decoderInputs(step: TraceStep, index: number, layer: number): HTMLElement[] {
    const { run, texts } = this.scene;
    if (layer > 0) return [this.input(texts.layer(layer), step.state[layer - 1]!.hidden, run.limits.state)];
    const { context_use: use, attend_order: order } = run.trace;
    const token = step.input_token;
    const inputs = [this.input(`${at("y", index)} “${shortened(token, 10)}”`, step.input_embedding,
      run.limits.embedding, new NearestLine(this.scene, "target", token, step.input_embedding).element)];
    // No letter for the context here: the cell's own is the same.
    if (step.context !== null && order !== "after") {
      inputs.push(this.input(texts.context, step.context, run.limits.state));
    }
    if (use === "input_feeding") {
      const before = index > 0 ? run.step(index - 1).attention_vector : step.attention_vector.map(() => 0);
      inputs.push(this.input(texts.previousVector, before, run.limits.state));
    }
    return inputs;
  }

  private input(name: string, vector: Vector, limit: number, ...more: readonly HTMLElement[]): HTMLElement {
    const strip = new Strip(this.scene, { name, limit }, vector);
    return html("div", { class: "cell-input" }, html("div", { class: "cell-name" }, name), strip.element, ...more);
  }

  private line(row: CellRow, name: string): HTMLElement {
    const { texts, run } = this.scene;
    const limits = { state: run.limits.state, unit: 1, gate: "gate" as const, cell: largest([row.vector]) || 1 };
    const strip = new Strip(this.scene, { name, limit: limits[row.scale], onUnits: (units) => this.point(units) },
      row.vector);
    strip.element.addEventListener("click", () => { this.pinned = this.pointed; });
    this.strips.push(strip);
    const titles: Readonly<Record<string, string>> = { previousState: texts.previousState, newState: texts.newState,
      previousCell: texts.previousCell, newCell: texts.newCell };
    const hint = titles[row.kind] === undefined ? texts.gateHints[row.kind] ?? "" : "";
    return html("div", { class: `cell-row ${row.scale} ${row.kind}` }, html("div", { class: "cell-symbol" }, name),
      html("div", { class: "cell-name" }, titles[row.kind] ?? texts.gates[row.kind]!,
        html("span", { class: "cell-hint" }, hint)), strip.element);
  }

  private pointed: number | null = null;

  /** Marks a unit in all strips and does its arithmetic; without a pointer the pinned one, or the most telling. */
  private point(units: Pool | null): void {
    const { moment, layer: chosen } = this.scene.values;
    if (moment.part === "encoder") {
      this.strips.forEach((strip) => strip.point(units?.first ?? null));
      return;
    }
    const { run, texts } = this.scene;
    const layer = run.layer(chosen);
    const step = run.step(moment.index);
    const [before, after] = [step.previous_state[layer]!, step.state[layer]!];
    const unit = units?.first ?? this.pinned ?? mostChanged(before.hidden, after.hidden);
    this.pointed = units?.first ?? null;
    this.strips.forEach((strip) => strip.point(unit));
    const gates = step.gates?.[layer];
    if (gates === undefined) return;
    const lines = arithmetic(unit, gates, before, after);
    this.sum.replaceChildren(html("span", { class: "arithmetic-unit" }, texts.unit(unit + 1)),
      ...lines.map((line) => this.inNumbers(line)));
  }

  private inNumbers({ name, terms, result }: Arithmetic): HTMLElement {
    const { scene } = this;
    const bracket = (value: number): string => (value < 0 ? `(${scene.shown(value)})` : scene.shown(value));
    const products = terms.map(([a, b]) => `${scene.shown(a)} × ${bracket(b)}`);
    return html("code", {}, `${name === "cell" ? "c′" : "s′"} = ${products.join(" + ")} = ${scene.shown(result)}`);
  }
}

function mostChanged(before: Vector, after: Vector): number {
  const change = after.map((value, unit) => Math.abs(value - before[unit]!));
  return change.indexOf(Math.max(...change));
}
