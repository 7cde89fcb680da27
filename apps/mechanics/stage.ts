import { changed } from "./changes.js";
import { html, style } from "./dom.js";
import type { Ask } from "./interventions.js";
import { follow } from "./moments.js";
import type { Nearest } from "./nearest.js";
import { signNotes } from "./notes.js";
import type { Palette } from "./palette.js";
import type { Run } from "./run.js";
import { runNames } from "./run-names.js";
import { Scene, type View } from "./scene.js";
import type { Texts } from "./texts.js";
import { isFine, type ViewName, type ViewState, type ViewValues } from "./view-state.js";
import { AlignmentView } from "./views/alignment-view.js";
import { AttentionView } from "./views/attention-view.js";
import { BottleneckView } from "./views/bottleneck-view.js";
import { CellView } from "./views/cell-view.js";
import { ChoicesView } from "./views/choices-view.js";
import { RunView } from "./views/run-view.js";
import { StatesView } from "./views/states-view.js";
import { StepView } from "./views/step-view.js";

const VIEW_CLASSES: Readonly<Record<ViewName, new (scene: Scene) => View>> = {
  run: RunView, states: StatesView, cell: CellView, attention: AttentionView, step: StepView,
  alignment: AlignmentView, choices: ChoicesView,
};

/** A model without attention has no weights to show, but what stands in their place. */
function viewClass(view: ViewName, run: Run): new (scene: Scene) => View {
  return !run.attends && (view === "attention" || view === "alignment") ? BottleneckView : VIEW_CLASSES[view];
}

interface Pane {
  readonly element: HTMLElement;
  readonly place: HTMLElement;
  readonly caption: HTMLElement;
  /** The tokens of its answer, of which those that are written are shown. */
  readonly answer: readonly HTMLElement[];
  readonly run: Run;
  readonly view: View;
  width: number;
  height: number;
}

/** What is to be shown: one run, or two side by side, the first one's time being the slider's. */
export interface Programme {
  readonly runs: readonly Run[];
  /** What to call the runs; null for their models' names. */
  readonly labels: readonly (string | null)[];
  readonly palette: Palette;
  readonly texts: Texts;
  readonly nearest: Nearest | null;
  readonly ask: Ask | null;
}

/** Where the present view of one run stands, or of two side by side. */
export class Stage {
  readonly element = html("div", { class: "stage", role: "tabpanel" });
  /** The line with the numbers under the pointer. */
  readonly readout = html("output", { class: "readout", "aria-live": "off" });
  private readonly field = html("div", { class: "panes" });
  private readonly signs = html("p", { class: "signs" });
  private readonly observer = new ResizeObserver(() => requestAnimationFrame(() => this.measure()));
  private panes: readonly Pane[] = [];
  private hint = "";

  /** `bar` is what lies over the lower end of the page. */
  constructor(private readonly state: ViewState, private readonly bar: HTMLElement) {
    this.element.append(this.field, this.signs);
    // What the pointer passes over is not read out, but what the keys walk to.
    this.element.addEventListener("keydown", () => this.readout.setAttribute("aria-live", "polite"), { capture: true });
    this.element.addEventListener("pointermove", () => this.readout.setAttribute("aria-live", "off"));
  }

  /** A finger has tapped somewhere: the number that it asked for before has been read. */
  tapped(): void {
    this.say("");
  }

  /** Makes the present view anew. */
  show(programme: Programme): void {
    const { runs, labels, palette, texts, nearest, ask } = programme;
    const { values } = this.state;
    const say = (text: string): void => this.say(text);
    this.hint = matchMedia("(hover: none)").matches ? texts.tapHint : texts.pointHint;
    this.observer.disconnect();
    say("");
    const leading = runs[0]!;
    const names = runNames(runs, labels, texts);
    this.panes = runs.map((run, index) => {
      const other = runs[1 - index];
      const news = other === undefined || !comparable(run, other) ? new Set<number>()
        : changed(other.targetTokens, run.targetTokens);
      const scene = new Scene({ run, state: this.state, palette, texts, say, nearest, leading, news,
        ask: index === 0 ? ask : null });
      const view = new (viewClass(values.view, run))(scene);
      const caption = html("p", { class: "caption" });
      const answer = run.targetTokens.map((_, at) => html(news.has(at) ? "mark" : "span", {}, run.spelled(at)));
      const title = html("p", { class: "pane-title" }, html("b", {}, names[index]!), " ",
        html("bdi", { class: "answer" }, ...answer));
      title.hidden = runs.length === 1;
      const place = html("div", { class: "place" }, view.element);
      return { element: html("div", { class: "pane" }, title, caption, place), place, caption, answer, run, view,
        width: 0, height: 0 };
    });
    this.field.replaceChildren(...this.panes.map(({ element }) => element));
    this.signs.textContent = signNotes(runs, texts).join(" · ");
    this.element.setAttribute("aria-label", texts.views[values.view]);
    this.field.classList.toggle("two", this.panes.length > 1);
    this.update(values);
    this.measure();
    for (const { place } of this.panes) this.observer.observe(place);
  }

  update(values: ViewValues): void {
    const first = this.panes[0]?.run;
    for (const { run, view, caption, answer } of this.panes) {
      const own = run === first ? values : { ...values, moment: follow(values.moment, first!, run) };
      view.update(own);
      caption.textContent = view.caption(own);
      const written = writtenBy(own, run);
      answer.forEach((token, place) => { token.hidden = place >= written; });
    }
  }

  /** Scrolls the page where what happens now is not in sight, or is under the bar. */
  reveal(): void {
    const active = this.panes[0]?.view.active?.() ?? null;
    const bar = this.bar.getBoundingClientRect();
    // Nobody is fetched who has gone on to another part of the page.
    if (!(active instanceof HTMLElement) || bar.bottom <= 0 || bar.top >= innerHeight) return;
    const { top, bottom, height } = active.getBoundingClientRect();
    if (height === 0 || (top >= 0 && bottom <= bar.top)) return;
    style(active, { "scroll-margin": `0.5em 0 ${innerHeight - bar.top + 8}px` });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    active.scrollIntoView({ block: "nearest", inline: "nearest", behavior: calm ? "auto" : "smooth" });
  }

  clear(): void {
    this.observer.disconnect();
    this.panes = [];
    this.field.replaceChildren();
  }

  /** Tells the views how large their places are; called again when the window has another size. */
  measure(): void {
    const top = this.element.parentElement?.getBoundingClientRect().top ?? 0;
    for (const pane of this.panes) {
      const width = pane.place.clientWidth;
      if (width === 0 || (width === pane.width && innerHeight === pane.height)) continue;
      [pane.width, pane.height] = [width, innerHeight];
      const room = innerHeight - this.bar.offsetHeight - (pane.place.getBoundingClientRect().top - top);
      style(pane.place, { "--room": `${Math.round(room)}px` });
      pane.view.resize?.(width, room);
    }
  }

  private say(text: string): void {
    this.readout.textContent = text || this.hint;
    this.readout.classList.toggle("hint", text === "");
  }
}

/** Whether what two runs wrote differently says anything: they are one model's, or of one text. */
function comparable({ trace: one }: Run, { trace: other }: Run): boolean {
  return one.model === other.model || one.source.text === other.source.text;
}

/** How many tokens a run has written at this moment. */
function writtenBy({ moment: { part, index, phase }, view }: ViewValues, run: Run): number {
  if (part === "encoder") return 0;
  return isFine(view) && phase < run.phases.length - 1 ? index : index + 1;
}
