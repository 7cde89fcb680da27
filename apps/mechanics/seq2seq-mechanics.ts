import { html } from "./dom.js";
import { formatFragment, parseFragment, type Asked } from "./fragment.js";
import { clampTo } from "./moments.js";
import { visible } from "./notation.js";
import { DARK, LIGHT } from "./palette.js";
import { Run } from "./run.js";
import type { Nearest } from "./scene.js";
import { Stage } from "./stage.js";
import css from "./style.css?inline";
import { textsIn, type Texts } from "./texts.js";
import { Timeline } from "./timeline.js";
import { Toolbar } from "./toolbar.js";
import { readTrace, type Trace } from "./trace.js";
import { VIEWS, ViewState, type ViewName, type ViewValues } from "./view-state.js";

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(css);

/** A change of one of these makes the view anew; the others only move it. */
const STRUCTURE = ["view", "zoom", "layer", "allUnits", "words", "covered", "language", "theme", "present"] as const;

/**
 * `<seq2seq-mechanics src="trace.json">`: what a sequence-to-sequence model did with one sentence.
 *
 * Attributes: `src`, the address of a trace; `compare`, that of a second one beside it; `view`, the first view;
 * `lang` ("en", "zh"); `theme` ("light", "dark"; else the system's); `present`, large type; `fragment="off"` leaves the
 * page's address alone, which else holds the whole view (`#view=attention&step=4&at=scores`).
 * Properties: `trace` and `compare`, traces as objects; `nearest`, a function that finds words near an embedding.
 * Events: `mechanics-request`, with `{model, text}`, where the address asks for another run than the one shown;
 * `mechanics-change`, with the view's values.
 */
export class Seq2SeqMechanics extends HTMLElement {
  static readonly observedAttributes = ["src", "compare", "lang", "theme", "present"];
  /** Finds words near an embedding among all of a vocabulary: set by a page that has the model. */
  nearest: Nearest | null = null;
  private readonly state = new ViewState();
  private readonly toolbar = new Toolbar(this.state);
  private readonly timeline = new Timeline(this.state);
  private readonly stage = new Stage(this.state);
  private readonly heading = html("div", { class: "heading" });
  private readonly message = html("p", { class: "message", role: "status" });
  private readonly frame: HTMLElement;
  private readonly darkScheme = matchMedia("(prefers-color-scheme: dark)");
  private runs: [Run?, Run?] = [];
  private asked: Asked | null = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    this.frame = html("div", { class: "mechanics", tabindex: -1 },
      html("header", {}, this.heading, this.toolbar.switches), this.toolbar.tabs, this.message, this.stage.element,
      this.timeline.element);
    root.append(this.frame);
    this.frame.addEventListener("keydown", (event) => this.onKey(event));
    this.state.subscribe((now, before) => this.onChange(now, before));
  }

  get trace(): Trace | null { return this.runs[0]?.trace ?? null; }
  set trace(trace: unknown) { this.take(0, trace); }
  get compare(): Trace | null { return this.runs[1]?.trace ?? null; }
  set compare(trace: unknown) { this.take(1, trace); }

  connectedCallback(): void {
    const view = this.getAttribute("view");
    if ((VIEWS as readonly string[]).includes(view ?? "")) this.state.update({ view: view as ViewName });
    this.readFragment();
    this.darkScheme.addEventListener("change", this.rebuild);
    window.addEventListener("hashchange", this.readFragment);
    this.rebuild();
  }

  disconnectedCallback(): void {
    this.timeline.stop();
    this.stage.clear();
    this.darkScheme.removeEventListener("change", this.rebuild);
    window.removeEventListener("hashchange", this.readFragment);
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name === "src" && value !== null) void this.load(0, value);
    if (name === "compare" && value !== null) void this.load(1, value);
    if (name === "lang") this.state.update({ language: value?.toLowerCase().startsWith("zh") ? "zh" : "en" });
    if (name === "theme") this.state.update({ theme: value === "light" || value === "dark" ? value : "auto" });
    if (name === "present") this.state.update({ present: value !== null });
  }

  private get texts(): Texts { return textsIn(this.state.values.language); }

  private get dark(): boolean {
    const { theme } = this.state.values;
    return theme === "dark" || (theme === "auto" && this.darkScheme.matches);
  }

  private async load(place: 0 | 1, address: string): Promise<void> {
    this.say(this.texts.loading);
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new TypeError(`${address}: ${answer.status} ${answer.statusText}`);
      const trace: unknown = await answer.json();
      // Meanwhile another address may have been asked for.
      if (this.getAttribute(place === 0 ? "src" : "compare") === address) this.take(place, trace);
    } catch (error) {
      this.say(error instanceof Error ? error.message : String(error), true);
    }
  }

  private take(place: 0 | 1, trace: unknown): void {
    try {
      this.runs[place] = trace === null ? undefined : new Run(readTrace(trace));
    } catch (error) {
      return this.say(error instanceof Error ? error.message : String(error), true);
    }
    const run = this.runs[0];
    if (run !== undefined) {
      if (this.asked !== null) this.follow(this.asked);
      this.state.update({ moment: clampTo(this.state.values.moment, run.length) });
    }
    this.state.tell();
    this.rebuild();
  }

  private readonly rebuild = (): void => {
    const { values } = this.state;
    const [run, other] = this.runs;
    this.frame.dataset["theme"] = this.dark ? "dark" : "light";
    this.frame.classList.toggle("present", values.present);
    this.frame.classList.toggle("covered", values.covered);
    this.frame.lang = values.language;
    for (const element of [this.toolbar.tabs, this.stage.element, this.timeline.element]) element.hidden = !run;
    if (run === undefined) {
      if (this.message.textContent === "") this.say(this.texts.empty);
      return;
    }
    this.say("");
    if (!this.isConnected) return;
    this.heading.replaceChildren(html("span", { class: "model" }, run.trace.model),
      html("bdi", { class: "text", title: run.trace.source.text ?? "" }, visibleText(run)));
    this.toolbar.show(run, this.texts, this.dark);
    this.timeline.show(run, this.texts);
    this.stage.show(other === undefined ? [run] : [run, other], this.dark ? DARK : LIGHT, this.texts, this.nearest);
    this.timeline.update(values);
  };

  private onChange(now: ViewValues, before: ViewValues): void {
    const [run] = this.runs;
    if (run === undefined) return;
    if (STRUCTURE.some((key) => now[key] !== before[key])) this.rebuild();
    else {
      this.stage.update(now);
      this.timeline.update(now);
    }
    this.writeFragment(run, now);
    this.dispatchEvent(new CustomEvent("mechanics-change", { detail: now, bubbles: true }));
  }

  private onKey(event: KeyboardEvent): void {
    const target = event.composedPath()[0];
    if (event.altKey || event.ctrlKey || event.metaKey || target instanceof HTMLSelectElement) return;
    const onSlider = target instanceof HTMLInputElement;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.timeline.move(-1), ArrowRight: () => this.timeline.move(1),
      Home: () => this.timeline.goToEnd("first"), End: () => this.timeline.goToEnd("last"),
      // On a button the space bar presses it.
      ...(target instanceof HTMLButtonElement ? {} : { " ": () => this.timeline.toggle() }),
    };
    const action = actions[event.key];
    // The knob keeps its own keys; the time slider has ours.
    if (action === undefined || (onSlider && !this.timeline.element.contains(target))) return;
    event.preventDefault();
    action();
  }

  private readonly readFragment = (): void => {
    if (this.getAttribute("fragment") === "off" || location.hash.length < 2) return;
    this.asked = parseFragment(location.hash);
    this.state.update(this.asked.values);
    this.follow(this.asked);
    const { model, text } = this.asked;
    const trace = this.runs[0]?.trace;
    if ((model !== null && model !== trace?.model) || (text !== null && text !== trace?.source.text)) {
      this.dispatchEvent(new CustomEvent("mechanics-request", { detail: { model, text }, bubbles: true }));
    }
  };

  private follow({ step, read, at }: Asked): void {
    const run = this.runs[0];
    if (run === undefined || (step === null && read === null)) return;
    const phase = (run.phases as readonly string[]).indexOf(at ?? "");
    const moment = step === null ? { part: "encoder" as const, index: read! - 1, phase: 0 }
      : { part: "decoder" as const, index: step - 1, phase: phase < 0 ? run.phases.length - 1 : phase };
    this.state.update({ moment: clampTo(moment, run.length), playing: false });
    this.asked = null;
  }

  private writeFragment(run: Run, values: ViewValues): void {
    if (this.getAttribute("fragment") === "off" || values.playing) return;
    const fragment = formatFragment(values, run.trace.model, run.trace.source.text, run.phases);
    if (fragment !== location.hash) history.replaceState(history.state, "", fragment);
  }

  private say(text: string, wrong = false): void {
    this.message.textContent = text;
    this.message.hidden = text === "";
    this.message.classList.toggle("wrong", wrong);
  }
}

function visibleText(run: Run): string {
  return run.trace.source.text ?? run.sourceTokens.map(visible).join(" ");
}
