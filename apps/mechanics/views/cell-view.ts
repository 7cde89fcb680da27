import { appear, html } from "../dom.js";
import { arithmetic, cellRows, type Arithmetic, type CellRow } from "../cell-rows.js";
import { at, shortened, visible } from "../notation.js";
import { largest, type Pool } from "../pooling.js";
import type { Scene, View } from "../scene.js";
import { Strip } from "../strip.js";
import type { Vector } from "../trace.js";
import type { ViewValues } from "../view-state.js";

const FORMULAS = {
  gru: ["r = σ(W_r x + U_r s)", "g = tanh(W x + r · U s)", "s′ = z · s + (1 − z) · g"],
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
    appear([...this.inputs.children, ...this.rows.children]);
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
      inputs.push(this.input(`${at("x", here + 1)} “${shortened(run.sourceTokens[here]!, 10)}”`,
        run.trace.source_embeddings[here]!, run.limits.embedding));
      lines.push(
        html("h3", {}, back ? texts.backwardStates : texts.forwardStates),
        this.line({ kind: "previousState", vector: before, scale: "state" }, at(arrow, back ? here + 2 : here)),
        this.line({ kind: "newState", vector: states[here]!, scale: "state" }, at(arrow, here + 1)));
    }
    this.inputs.replaceChildren(...inputs);
    this.rows.replaceChildren(...lines);
  }

  private showDecoder(index: number): void {
    const { run, texts, values } = this.scene;
    this.element.dataset["part"] = "decoder";
    const layer = run.layer(values.layer);
    const step = run.step(index);
    const { context_use: use, attend_order: order } = run.trace;
    const inputs = layer > 0 ? [this.input(texts.layer(layer), step.state[layer - 1]!.hidden, run.limits.state)]
      : [this.input(`${at("y", index)} “${shortened(step.input_token, 10)}”`, step.input_embedding,
        run.limits.embedding)];
    if (layer === 0 && step.context !== null && order !== "after") {
      inputs.push(this.input(`${at("c", order === null ? 0 : index + 1)} ${texts.context}`, step.context,
        run.limits.state));
    }
    if (layer === 0 && use === "input_feeding") {
      const before = index > 0 ? run.step(index - 1).attention_vector : step.attention_vector.map(() => 0);
      inputs.push(this.input(`${at("r", index)} ${texts.previousVector}`, before, run.limits.state));
    }
    this.inputs.replaceChildren(...inputs);
    const names: Readonly<Record<string, string>> = { previousState: at("s", index), newState: at("s", index + 1),
      previousCell: at("c", index), newCell: at("c", index + 1), update: "z", reset: "r", candidate: "g", input: "i",
      forget: "f", output: "o" };
    this.rows.replaceChildren(...cellRows(step, layer).map((row) => this.line(row, names[row.kind]!)));
  }

  private input(name: string, vector: Vector, limit: number): HTMLElement {
    const strip = new Strip(this.scene, { name, limit }, vector);
    return html("div", { class: "cell-input" }, html("div", { class: "cell-name" }, name), strip.element);
  }

  private line(row: CellRow, name: string): HTMLElement {
    const { texts, run } = this.scene;
    const limits = { state: run.limits.state, unit: 1, gate: "gate" as const, cell: largest([row.vector]) || 1 };
    const strip = new Strip(this.scene, { name, limit: limits[row.scale], onUnits: (units) => this.point(units) },
      row.vector);
    this.strips.push(strip);
    const titles: Readonly<Record<string, string>> = { previousState: texts.previousState, newState: texts.newState,
      previousCell: texts.previousCell, newCell: texts.newCell };
    const hint = titles[row.kind] === undefined ? texts.gateHints[row.kind] ?? "" : "";
    return html("div", { class: `cell-row ${row.scale} ${row.kind}` }, html("div", { class: "cell-symbol" }, name),
      html("div", { class: "cell-name" }, titles[row.kind] ?? texts.gates[row.kind]!,
        html("span", { class: "cell-hint" }, hint)), strip.element);
  }

  /** Marks a unit in all strips and does its arithmetic. */
  private point(units: Pool | null): void {
    const unit = units?.first ?? null;
    const { moment } = this.scene.values;
    this.strips.forEach((strip) => strip.point(unit));
    if (unit === null || moment.part === "encoder") return this.sum.replaceChildren();
    const { run, values, texts } = this.scene;
    const layer = run.layer(values.layer);
    const step = run.step(moment.index);
    const gates = step.gates?.[layer];
    if (gates === undefined) return undefined;
    const lines = arithmetic(unit, gates, step.previous_state[layer]!, step.state[layer]!);
    this.sum.replaceChildren(...lines.map((line) => this.inNumbers(line)));
    this.sum.prepend(html("span", { class: "arithmetic-unit" }, texts.unit(unit + 1)));
    return undefined;
  }

  private inNumbers({ name, terms, result }: Arithmetic): HTMLElement {
    const { scene } = this;
    const bracket = (value: number): string => (value < 0 ? `(${scene.shown(value)})` : scene.shown(value));
    const products = terms.map(([a, b]) => `${scene.shown(a)} × ${bracket(b)}`);
    return html("code", {}, `${name === "cell" ? "c′" : "s′"} = ${products.join(" + ")} = ${scene.shown(result)}`);
  }
}
