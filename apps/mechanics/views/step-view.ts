import { html, set, style, svg } from "../dom.js";
import { HeatCanvas } from "../heat-canvas.js";
import { at, percent, shortened, visible, weight as asWeight } from "../notation.js";
import type { Phase } from "../phases.js";
import { pool } from "../pooling.js";
import type { Scene, View } from "../scene.js";
import { diverging } from "../scales.js";
import { diagramOf, middleOf, wire, type Diagram, type DiagramEdge, type NodeName } from "../step-diagram.js";
import { describe, Strip } from "../strip.js";
import type { TraceStep } from "../trace.js";
import type { ViewValues } from "../view-state.js";
import { Dance } from "./dance.js";
import { DiagramTitles } from "./diagram-titles.js";
import { waiting } from "./waiting.js";

const WIDEST = 780;
/** How high a row of the drawing is, in pixels. */
const LEAST_ROW = 50;
const LARGEST_ROW = 80;
const VECTOR_CELLS = 16;
const MEMORY_CELLS = 10;

/** The dance of the tensors in one step of the decoder, phase by phase, drawn for what the model does. */
export class StepView implements View {
  readonly element = html("div", { class: "step-view" });
  private readonly pause: HTMLElement;
  private readonly field = html("div", { class: "diagram" });
  private readonly wires = svg("svg", { class: "wires", "aria-hidden": "true" });
  private readonly diagram: Diagram;
  private readonly boxes = new Map<NodeName, HTMLElement>();
  private readonly titles = new DiagramTitles();
  private readonly strips = new Map<NodeName, Strip>();
  private readonly paths = new Map<DiagramEdge, SVGPathElement>();
  private readonly weights: HeatCanvas;
  private readonly choices = html("div", { class: "diagram-choices" });
  private shownStep = -1;
  private shownPhase = -1;
  private readonly dance: Dance;

  constructor(private readonly scene: Scene) {
    const { run } = scene;
    this.pause = waiting(scene);
    this.diagram = diagramOf(run.trace);
    this.dance = new Dance(this.field);
    this.weights = new HeatCanvas(run.length.source, 1);
    this.weights.onPoint(scene.texts.weights, (found) => scene.say(found === null ? "" : this.weightOf(found.column)));
    this.field.append(this.wires);
    for (const edge of this.diagram.edges) {
      const path = svg("path", { class: "wire" });
      this.paths.set(edge, path);
      this.wires.append(path);
    }
    for (const { name } of this.diagram.nodes) this.field.append(this.box(name));
    this.element.append(this.pause, this.field);
  }

  update(values: ViewValues): void {
    const { moment } = values;
    this.pause.hidden = moment.part === "decoder";
    this.field.hidden = moment.part === "encoder";
    if (moment.part === "encoder") return;
    const { run } = this.scene;
    const step = run.step(moment.index);
    const moved = this.shownStep !== moment.index || this.shownPhase !== moment.phase;
    if (this.shownStep !== moment.index) this.fill(step, moment.index);
    [this.shownStep, this.shownPhase] = [moment.index, moment.phase];
    const when = (phase: string): number => run.phases.indexOf(phase as never);
    for (const { name, phase } of this.diagram.nodes) {
      const box = this.boxes.get(name)!;
      box.classList.toggle("future", when(phase) > moment.phase);
      box.classList.toggle("active", when(phase) === moment.phase
        || (name === "attention" && run.phases[moment.phase] === "weights"));
    }
    for (const [{ phase, from }, path] of this.paths) {
      path.classList.toggle("past", from === "source" && moment.index > 0);
      path.classList.toggle("future", when(phase) > moment.phase);
      path.classList.toggle("active", when(phase) === moment.phase);
    }
    this.titles.fit();
    this.paintWeights(step, moment.phase >= when("weights"));
    if (moved) this.perform(run.phases[moment.phase]!, values.speed);
  }

  caption(values: ViewValues): string {
    const { run, texts } = this.scene;
    if (values.moment.part === "encoder") return this.scene.waiting.caption;
    const phase = run.phases[values.moment.phase]!;
    if (phase === "scores") return run.trace.attend_order === "before" ? texts.captions.stepBefore : texts.captions.stepAfter;
    if (!run.attends && (phase === "context" || (values.moment.index === 0 && phase === "input" && run.handsOver))) {
      return texts.captions.bottleneck;
    }
    return texts.captions.steps[phase];
  }

  resize(width: number, room: number): void {
    const scale = this.scene.values.present ? 1.3 : 1;
    const full = Math.min(width, WIDEST * scale);
    const column = full / this.diagram.columns;
    const box = Math.min(column - (full < 480 ? 10 : 28), 230 * scale);
    const rows = Math.max(...this.diagram.nodes.map((node) => node.row)) + 1;
    // As high as can be seen at once, where the parts do not get too close for that.
    const row = Math.min(Math.max((room - 36 * scale) / rows, LEAST_ROW * scale), LARGEST_ROW * scale);
    const height = rows * row + 36 * scale;
    style(this.field, { width: `${full}px`, height: `${height}px`, "--box": `${box}px`, "--row": `${row}px` });
    set(this.wires, { viewBox: `0 0 ${full} ${height}`, width: full, height });
    const measures = { column, row, box };
    const nodes = new Map(this.diagram.nodes.map((node) => [node.name, node]));
    for (const [name, node] of nodes) {
      const [x, y] = middleOf(node, measures);
      style(this.boxes.get(name)!, { left: `${x}px`, top: `${y}px` });
    }
    for (const [{ from, to, lane }, path] of this.paths) {
      set(path, { d: wire(nodes.get(from)!, nodes.get(to)!, measures, lane) });
    }
    this.titles.fit(true);
  }

  /** The lowest part that comes into being in this phase. */
  active(): Element | null {
    const now = this.diagram.nodes.filter(({ name }) => this.boxes.get(name)!.classList.contains("active"));
    const lowest = now.sort((a, b) => b.row - a.row)[0];
    return lowest === undefined ? null : this.boxes.get(lowest.name)!;
  }

  /** Sends the tensors of a phase on their way: an operation's result looks as what comes out of it. */
  private perform(phase: Phase, speed: number): void {
    const picture = (name: NodeName): HTMLCanvasElement | null => (name === "attention" ? this.weights.copy()
      : name === "memory" ? this.memory().copy() : this.strips.get(name)?.copy() ?? null);
    const now = this.diagram.edges.filter((edge) => edge.phase === phase && !(edge.from === "source" && this.shownStep > 0));
    this.dance.perform(now.map((edge) => ({
      path: this.paths.get(edge)!.getAttribute("d") ?? "", picture: picture(edge.from) ?? picture(edge.to) })), speed);
  }

  private box(name: NodeName): HTMLElement {
    const { run, texts } = this.scene;
    const box = html("div", { class: `node ${name}` });
    this.boxes.set(name, box);
    const title = this.titles.of(name);
    if (name === "cell") {
      box.append(html("div", { class: "operation" }, `${run.trace.cell === "simple_rnn" ? "RNN"
        : run.trace.cell.toUpperCase()}${run.layers > 1 ? ` × ${run.layers}` : ""}`));
    } else if (name === "source") {
      box.append(html("div", { class: "operation" }, texts.encoder), title);
    } else if (name === "combine") {
      box.append(html("div", { class: "operation" }, `${texts.concatenate} → tanh W`));
    } else if (name === "attention") {
      const button = html("button", { class: "operation", type: "button" }, texts.attentionOp);
      button.addEventListener("click", () => this.scene.set({ view: "attention" }));
      box.append(button, html("div", { class: "strip" }, this.weights.element));
    } else if (name === "token") {
      box.append(this.choices);
    } else if (name === "memory") {
      box.append(title, html("div", { class: "strip memory" }, this.memory().element));
      this.titles.write(name, `${at("h", 1)} … ${at("h", run.length.source)}`, texts.encoder);
    } else {
      const { embedding, state } = run.limits;
      const strip = new Strip(this.scene, { name: "", limit: name === "embedding" ? embedding : state,
        cells: VECTOR_CELLS });
      this.strips.set(name, strip);
      box.append(title, strip.element);
    }
    return box;
  }

  private memory(): HeatCanvas {
    const { run, palette } = this.scene;
    const heat = new HeatCanvas(run.length.source, Math.min(MEMORY_CELLS, run.value(0).length));
    const columns = run.trace.encoder_states.values.map((vector) => pool(vector, MEMORY_CELLS));
    heat.onPoint(this.scene.texts.memory(run.length.source), (found) => {
      const cell = found === null ? undefined : columns[found.column]![found.row];
      this.scene.say(cell === undefined ? "" : describe(this.scene, at("h", found!.column + 1), cell));
    });
    heat.paint((row, column) => palette.diverging.at(diverging(columns[column]![row]?.value ?? 0, run.limits.state)));
    return heat;
  }

  private fill(step: TraceStep, index: number): void {
    const { run, texts } = this.scene;
    const before = index > 0 ? run.step(index - 1).attention_vector : step.attention_vector.map(() => 0);
    const show = (name: NodeName, vector: readonly number[] | null, symbol: string, title: string): void => {
      this.strips.get(name)?.show(vector, symbol);
      this.titles.write(name, symbol, title);
    };
    show("embedding", step.input_embedding, at("y", index), `“${shortened(step.input_token, 8)}”`);
    show("previousState", step.previous_state.at(-1)!.hidden, at("s", index),
      index === 0 && run.handsOver ? texts.fromEncoder : texts.previousState);
    this.titles.write("source", "", index > 0 ? texts.firstStepOnly : "");
    this.boxes.get("source")?.classList.toggle("past", index > 0);
    show("previousVector", before, at("a", index), texts.previousVector);
    show("state", step.state.at(-1)!.hidden, at("s", index + 1), texts.newState);
    show("context", step.context, run.attends ? at("c", index + 1) : "c", texts.context);
    show("vector", step.attention_vector, at("a", index + 1), "");
    this.choices.replaceChildren(html("div", { class: "chip written" }, html("bdi", {}, shortened(step.token, 12))),
      ...step.top_k.slice(0, 3).map(({ token, probability }) => html("div", { class: "small-choice" },
        html("bdi", {}, shortened(token, 8)), " ", this.scene.number(probability, percent))));
    this.choices.title = visible(step.token);
  }

  /** "score of “9”: 1.072", or from the softmax on its weight. */
  private weightOf(position: number): string {
    const { run, texts, values: { moment } } = this.scene;
    const step = run.step(moment.index);
    const phase = run.phases[moment.phase]!;
    if (step.scores === null || phase === "input" || this.boxes.get("attention")!.classList.contains("future")) return "";
    const token = `“${visible(run.sourceTokens[position]!)}”`;
    return phase === "scores" ? `${texts.scores} · ${token}: ${this.scene.shown(step.scores[position]!)}`
      : `${texts.weights} · ${token}: ${this.scene.shown(step.weights![position]!, asWeight)}`;
  }

  private paintWeights(step: TraceStep, weighted: boolean): void {
    if (step.weights === null || step.scores === null) return;
    const { palette, run } = this.scene;
    this.weights.paint((_, column) => (weighted ? palette.weight.at(step.weights![column]!)
      : palette.diverging.at(diverging(step.scores![column]!, run.limits.score))));
  }
}
