import { appear, html } from "../dom.js";
import { arithmetic, cellRows, type Arithmetic } from "../cell-rows.js";
import { CELL_FORMULAS, pieces } from "../cell-formulas.js";
import { at, shortened, visible } from "../notation.js";
import type { Scene, View } from "../scene.js";
import type { TraceStep, Vector } from "../trace.js";
import type { ViewValues } from "../view-state.js";
import { InputPart, RowPart, type CellInput, type NamedRow } from "./cell-parts.js";

interface Content { readonly inputs: readonly CellInput[]; readonly rows: readonly NamedRow[] }

/** The inside of a recurrent cell: input and previous state, gates unit by unit, new state. */
export class CellView implements View {
  readonly element = html("div", { class: "cell-view" });
  private readonly inputs = html("div", { class: "cell-inputs" });
  private readonly rows = html("div", { class: "cell-rows" });
  private readonly sum = html("div", { class: "arithmetic" });
  private readonly formulas: HTMLElement;
  private readonly noGates: HTMLElement;
  private inputParts: readonly InputPart[] = [];
  private rowParts: readonly RowPart[] = [];
  private kinds = "";
  private shown = "";
  /** The unit under the pointer; else the one that was chosen, else the one that changes most speaks for all. */
  private pointed: number | null = null;

  constructor(private readonly scene: Scene) {
    const { run, texts } = scene;
    this.formulas = html("div", { class: "cell-formulas" },
      ...CELL_FORMULAS[run.trace.cell].map((line) => html("code", {}, ...pieces(line).flatMap(({ text, below }) =>
        [text, ...(below === "" ? [] : [html("sub", {}, below)])]))),
      html("span", {}, texts.formulaNote));
    this.noGates = html("div", { class: "cell-formulas" }, html("span", {}, texts.noGates));
    this.element.append(this.inputs, this.rows, this.sum, this.formulas, this.noGates);
  }

  update(values: ViewValues): void {
    const { part, index } = values.moment;
    this.formulas.hidden = part === "encoder";
    this.noGates.hidden = part === "decoder" || this.scene.run.trace.cell === "simple_rnn";
    const shown = `${part} ${index} ${values.unit}`;
    if (this.shown === shown) return;
    this.shown = shown;
    const { inputs, rows } = part === "encoder" ? this.encoder(index) : this.decoder(index);
    // The same strips with other numbers, as long as there are as many of the same kind.
    const kinds = JSON.stringify([part, inputs.length, rows.map(({ kind }) => kind)]);
    if (kinds !== this.kinds) this.build(part, inputs, rows);
    this.kinds = kinds;
    inputs.forEach((input, place) => this.inputParts[place]!.show(input));
    rows.forEach((row, place) => this.rowParts[place]!.show(row));
    this.point(this.pointed);
  }

  caption(values: ViewValues): string {
    const { run, texts } = this.scene;
    const { part, index } = values.moment;
    return part === "encoder" ? texts.captions.cellReads(visible(run.sourceTokens[index]!))
      : texts.captions.cellWrites[run.trace.cell];
  }

  private build(part: string, inputs: readonly CellInput[], rows: readonly NamedRow[]): void {
    this.element.dataset["part"] = part;
    this.pointed = null;
    this.inputParts = inputs.map((input) => new InputPart(this.scene, input));
    this.rowParts = rows.map((row) => new RowPart(this.scene, row, (unit) => this.point(unit)));
    for (const { strip } of this.rowParts) {
      strip.element.addEventListener("click", () => this.scene.set({ unit: this.pointed }));
    }
    this.inputs.replaceChildren(...this.inputParts.map(({ element }) => element));
    this.rows.replaceChildren(...this.rowParts.flatMap(({ elements }) => elements));
    appear([...this.inputs.children, ...this.rows.children], 60);
  }

  private encoder(index: number): Content {
    const { run, texts, values } = this.scene;
    const last = run.length.source - 1;
    const both: Content[] = (["forward", "backward"] as const).flatMap((direction) => {
      const states = run.encoderStates(direction, values.layer);
      if (states === null) return [];
      const back = direction === "backward";
      const [here, step, letter] = back ? [last - index, 1, "←h"] : [index, -1, "→h"];
      const before = states[here + step] ?? states[here]!.map(() => 0);
      const token = run.sourceTokens[here]!;
      const heading = back ? texts.backwardStates : texts.forwardStates;
      return [{
        inputs: [{ name: `${at("x", here + 1)} “${shortened(token, 10)}”`, vector: run.trace.source_embeddings[here]!,
          limit: run.limits.embedding, token, side: "source" }],
        rows: [{ kind: "previousState", vector: before, scale: "state", symbol: at(letter, here + 1 + step), heading },
          { kind: "newState", vector: states[here]!, scale: "state", symbol: at(letter, here + 1) }],
      }];
    });
    return { inputs: both.flatMap(({ inputs }) => inputs), rows: both.flatMap(({ rows }) => rows) };
  }

  private decoder(index: number): Content {
    const { run, values } = this.scene;
    const layer = run.layer(values.layer);
    const step = run.step(index);
    const names: Readonly<Record<string, string>> = { previousState: at("s", index), newState: at("s", index + 1),
      previousCell: at("c", index), newCell: at("c", index + 1), update: "z", reset: "r", candidate: "g", input: "i",
      forget: "f", output: "o" };
    return { inputs: this.decoderInputs(step, index, layer),
      rows: cellRows(step, layer).map((row) => ({ ...row, symbol: names[row.kind]! })) };
  }

  private decoderInputs(step: TraceStep, index: number, layer: number): CellInput[] {
    const { run, texts } = this.scene;
    const { state: limit, embedding } = run.limits;
    if (layer > 0) return [{ name: texts.layer(layer), vector: step.state[layer - 1]!.hidden, limit }];
    const { context_use: use, attend_order: order } = run.trace;
    const token = step.input_token;
    const inputs: CellInput[] = [{ name: `${at("y", index)} “${shortened(token, 10)}”`, vector: step.input_embedding,
      limit: embedding, token, side: "target" }];
    // No letter for the context here: the cell's own is the same.
    if (step.context !== null && order !== "after") inputs.push({ name: texts.context, vector: step.context, limit });
    if (use === "input_feeding") {
      const vector = index > 0 ? run.step(index - 1).attention_vector : step.attention_vector.map(() => 0);
      inputs.push({ name: texts.previousVector, vector, limit });
    }
    return inputs;
  }

  /** Marks a unit in all strips and does its arithmetic; without a pointer the pinned one, or the most telling. */
  private point(pointed: number | null): void {
    const { moment, layer: chosen, unit: pinned } = this.scene.values;
    this.pointed = pointed;
    if (moment.part === "encoder") {
      for (const { strip } of this.rowParts) strip.point(this.pointed);
      return this.sum.replaceChildren();
    }
    const { run, texts } = this.scene;
    const layer = run.layer(chosen);
    const step = run.step(moment.index);
    const [before, after] = [step.previous_state[layer]!, step.state[layer]!];
    // An address may name a unit that another model has.
    const known = pinned !== null && pinned < after.hidden.length ? pinned : null;
    const unit = this.pointed ?? known ?? mostChanged(before.hidden, after.hidden);
    for (const { strip } of this.rowParts) strip.point(unit);
    const gates = step.gates?.[layer];
    return this.sum.replaceChildren(...(gates === undefined ? []
      : [html("span", { class: "arithmetic-unit" }, texts.unit(unit + 1)),
        ...arithmetic(unit, gates, before, after).map((line) => this.inNumbers(line)), ...this.unitsACell()]));
  }

  /** Says that a cell shows several units, where it does. */
  private unitsACell(): HTMLElement[] {
    const units = this.rowParts[0]!.strip.unitsACell;
    return units === 1 ? [] : [html("span", { class: "arithmetic-unit" }, this.scene.texts.unitsACell(units))];
  }

  private inNumbers({ name, terms, result }: Arithmetic): HTMLElement {
    const { scene } = this;
    const bracket = (value: number): string => (value < 0 && !scene.values.covered ? `(${scene.shown(value)})` : scene.shown(value));
    const products = terms.map(([a, b]) => `${scene.shown(a)} × ${bracket(b)}`);
    return html("code", {}, `${name === "cell" ? "c′" : "s′"} = ${products.join(" + ")} = ${scene.shown(result)}`);
  }
}

function mostChanged(before: Vector, after: Vector): number {
  const change = after.map((value, unit) => Math.abs(value - before[unit]!));
  return change.indexOf(Math.max(...change));
}
