import { html, style } from "../dom.js";
import { HeatCanvas } from "../heat-canvas.js";
import { at, shortened } from "../notation.js";
import { pool, type Pool } from "../pooling.js";
import type { Scene } from "../scene.js";
import { diverging } from "../scales.js";
import { describe, Strip } from "../strip.js";
import type { ViewValues } from "../view-state.js";
import { arrow } from "./black-box.js";
import { chips, mark } from "./chips.js";
import { turn } from "./column-labels.js";

const CELLS = 24;
/** Only so many chips stand in a half: those around the present one. */
const WINDOW = 9;
/** With more tokens than this their names do not fit over the columns of the memory. */
const MOST_LABELS = 24;

/** The two halves, and what passes from one to the other. */
export class EncoderDecoder {
  readonly element = html("div", { class: "halves" });
  /** The half that was clicked last; at first the encoder, with which a run begins. */
  door: HTMLElement;
  private readonly source: HTMLElement[];
  private readonly target: HTMLElement[];
  private readonly forward: Strip | null;
  private readonly backward: Strip | null;
  private readonly state: Strip;
  private readonly context: Strip | null;
  private readonly memory: HeatCanvas | null;
  private readonly between = html("section", { class: "between" });
  private readonly weights = html("div", { class: "memory-weights", "aria-hidden": "true" });
  private readonly labels: readonly HTMLElement[];
  private readonly encoderHalf: HTMLElement;
  private readonly decoderHalf: HTMLElement;
  private readonly one: Strip;
  private readonly pooled: (readonly Pool[])[] = [];

  constructor(private readonly scene: Scene) {
    const { run, texts } = scene;
    const { state: limit } = run.limits;
    this.source = chips(run.sourceTokens, "source");
    this.target = chips(run.targetTokens, "target", scene.news);
    const { forward, backward } = run.trace.encoder_states;
    this.forward = forward === null ? null : new Strip(scene, { name: "→h", limit });
    this.backward = backward === null ? null : new Strip(scene, { name: "←h", limit });
    this.state = new Strip(scene, { name: "s", limit });
    this.context = run.attends ? new Strip(scene, { name: "c", limit }) : null;
    this.one = new Strip(scene, { name: "c", limit });
    // A column for each token, as in all other views.
    this.memory = run.attends ? new HeatCanvas(run.length.source, Math.min(CELLS, run.value(0).length)) : null;
    this.labels = run.length.source > MOST_LABELS ? [] : run.sourceTokens.map((token) =>
      html("div", { class: "map-column", title: token }, html("bdi", {}, shortened(token, 8))));
    this.memory?.onPoint(texts.memory(run.length.source), (found) => {
      const cell = found === null || !this.known(found.column) ? undefined : this.pools(found.column)[found.row];
      scene.say(cell === undefined ? "" : describe(scene, at("h", found!.column + 1), cell));
    });
    const encoderStrips = [this.forward, this.backward].flatMap((strip, index) => (strip === null ? []
      : [labelled(index === 0 ? "→h" : "←h", texts.state, strip)]));
    this.encoderHalf = html("section", { class: "half encoder" }, this.title(texts.encoder),
      html("ol", { class: "chips small" }, ...this.source), ...encoderStrips);
    this.decoderHalf = html("section", { class: "half decoder" }, this.title(texts.decoder),
      ...(this.context === null ? [] : [labelled("c", texts.context, this.context)]),
      labelled("s", texts.state, this.state), html("ol", { class: "chips small" }, ...this.target));
    this.door = this.encoderHalf;
    for (const half of [this.encoderHalf, this.decoderHalf]) half.addEventListener("click", () => this.unroll(half));
    this.between.append(html("p", {}, run.attends ? texts.memory(run.length.source) : texts.oneVector));
    if (this.memory === null) this.between.append(this.one.element);
    else {
      this.between.append(html("div", { class: "memory-field" },
        html("div", { class: "map-columns", "aria-hidden": "true" }, ...this.labels), this.memory.element, this.weights),
        html("p", { class: "memory-title" }, texts.weights));
      this.weights.append(...run.sourceTokens.map(() => html("div")));
    }
    this.element.append(this.encoderHalf, arrow(), this.between, arrow(), this.decoderHalf);
  }

  update({ moment, layer: chosen }: ViewValues): void {
    const { run, palette } = this.scene;
    const { part, index } = moment;
    const reading = part === "encoder";
    const last = run.length.source - 1;
    this.encoderHalf.classList.toggle("working", reading);
    this.decoderHalf.classList.toggle("working", !reading);
    const read = reading ? index : last;
    mark(this.source, reading ? index : last + 1);
    mark(this.target, reading ? -1 : index);
    around(this.source, reading || !run.attends ? read : run.focus(index));
    around(this.target, reading ? 0 : index);
    this.forward?.show(run.encoderStates("forward", chosen)![read]!, at("→h", read + 1));
    this.backward?.show(run.encoderStates("backward", chosen)![last - read]!, at("←h", last - read + 1));
    const steps = reading ? 0 : index + 1;
    const layer = run.layer(chosen);
    this.state.show(reading && read < last ? null : run.stateAfter(steps, layer).hidden, at("s", steps));
    this.context?.show(reading ? null : run.step(index).context, at("c", steps));
    // Without attention only the first state, or the context, comes over from the encoder.
    const one = run.trace.steps[0]?.context ?? run.stateAfter(0, layer).hidden;
    this.one.show(read === last ? one : null);
    this.memory?.paint((row, column) => (this.known(column)
      ? palette.diverging.at(diverging(this.pools(column)[row]?.value ?? 0, run.limits.state)) : null));
    const weights = reading ? null : run.step(index).weights;
    [...this.weights.children].forEach((bar, position) =>
      style(bar as HTMLElement, { "--weight": String(weights?.[position] ?? 0) }));
  }

  active(): Element | null {
    return this.element.querySelector(".half.working");
  }

  resize(): void {
    const width = this.between.clientWidth / this.scene.run.length.source;
    style(this.between, { "--cell": `${width}px` });
    turn(this.labels, this.scene.run.sourceTokens.map((token) => shortened(token, 8)), width);
  }

  /** A half's name, and the button that unrolls it. */
  private title(name: string): HTMLElement {
    return html("h3", {}, name, html("button", { class: "unroll", type: "button", "data-open": "3" },
      this.scene.texts.unroll));
  }

  private unroll(half: HTMLElement): void {
    this.door = half;
    this.scene.set({ zoom: 3 });
  }

  /** Whether a position's vector is there: where two readers make it, both must have been there. */
  private known(position: number): boolean {
    const { run, values: { moment } } = this.scene;
    if (moment.part === "decoder") return true;
    const { forward, backward } = run.trace.encoder_states;
    const after = run.length.source - 1 - position;
    return (forward === null || position <= moment.index) && (backward === null || after <= moment.index);
  }

  private pools(position: number): readonly Pool[] {
    return this.pooled[position] ??= pool(this.scene.run.value(position), CELLS);
  }
}

function labelled(name: string, word: string, strip: Strip): HTMLElement {
  return html("div", { class: "half-strip" }, html("span", {}, html("span", { class: "cell-symbol" }, name), " ",
    html("span", { class: "half-word" }, word)), strip.element);
}

/** Leaves only the chips near one of them: a half is a picture, not a list. */
function around(elements: readonly HTMLElement[], index: number): void {
  const first = Math.min(Math.max(index - Math.floor(WINDOW / 2), 0), Math.max(elements.length - WINDOW, 0));
  elements.forEach((element, place) => { element.hidden = place < first || place >= first + WINDOW; });
}
