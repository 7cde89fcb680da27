import { Address } from "./address.js";
import { html } from "./dom.js";
import { focusAfterClicks, keepFocus } from "./focus.js";
import type { Asked } from "./fragment.js";
import type { Ask } from "./interventions.js";
import { Heading } from "./heading.js";
import { onKey } from "./keys.js";
import { clampTo } from "./moments.js";
import type { Nearest } from "./nearest.js";
import { ownValues, VALUE_OF } from "./own-values.js";
import { DARK, LIGHT } from "./palette.js";
import { Run } from "./run.js";
import { SourceBar } from "./source-bar.js";
import { Stage } from "./stage.js";
import { SHEET } from "./styles/sheet.js";
import { textsIn, type Texts } from "./texts.js";
import { Timeline } from "./timeline.js";
import { Toolbar } from "./toolbar.js";
import { readTrace, type Trace } from "./trace.js";
import { ViewState, type ViewValues } from "./view-state.js";

/** A change of one of these makes the view anew; the others only move it. */
const STRUCTURE = ["view", "layer", "allUnits", "words", "covered", "language", "theme", "present"] as const;

/**
 * `<seq2seq-mechanics src="trace.json">`: what a sequence-to-sequence model did with one sentence.
 *
 * Attributes: `src`, the address of a trace; `compare`, that of a second one beside it; `label` and `compare-label`,
 * what to call them (else their models' names); `view`, the first view; `lang` ("en", "zh"); `theme` ("light", "dark";
 * else the system's); `present`, large type; `fragment="off"` leaves the page's address alone, which else holds the
 * whole view (`#view=attention&step=4&at=scores`); `interventions`, where the page can run the model anew: then the
 * user may ask for changes.
 * Properties: `trace` and `compare`, traces as objects; `nearest`, a function that finds words near an embedding.
 * Events, all of which bubble: `mechanics-request`, with `{model, text}`, where the address asks for another run than
 * the one shown; `mechanics-change`, with the view's values; `force` `{step, token}`, `attention` `{step, weights}`,
 * `mute` `{position}`, `swap` `{position, word, text}`: what the user wants to be changed in the first trace.
 */
export class Seq2SeqMechanics extends HTMLElement {
  static readonly observedAttributes =
    ["src", "compare", "lang", "theme", "present", "label", "compare-label", "interventions", "view"];
  private readonly state = new ViewState();
  private readonly address = new Address(this.state, () => ownValues(this));
  private readonly toolbar = new Toolbar(this.state);
  private readonly timeline = new Timeline(this.state);
  private readonly stage = new Stage(this.state, this.timeline.element);
  private readonly sourceBar: SourceBar;
  private readonly heading = new Heading();
  private readonly message = html("p", { class: "message", role: "status" });
  private readonly frame: HTMLElement;
  private readonly darkScheme = matchMedia("(prefers-color-scheme: dark)");
  private runs: [Run?, Run?] = [];
  private finder: Nearest | null = null;
  /** What the address asks for, until it is known whether it is there. */
  private asked: Asked | null = null;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [SHEET];
    this.sourceBar = new SourceBar(this.ask);
    this.timeline.line.append(this.stage.readout);
    this.frame = html("div", { class: "mechanics", tabindex: -1 },
      html("header", {}, this.heading.element, this.toolbar.switches, this.heading.notes), this.toolbar.tabs,
      this.message, this.sourceBar.element, this.stage.element, this.timeline.element);
    root.append(this.frame);
    focusAfterClicks(this.frame);
    this.frame.addEventListener("pointerdown", ({ pointerType }) => {
      if (pointerType === "touch") this.stage.tapped();
    }, { capture: true });
    this.frame.addEventListener("keydown", (event) => onKey(event, this.timeline));
    this.state.subscribe((now, before) => this.onChange(now, before));
  }

  get trace(): Trace | null { return this.runs[0]?.trace ?? null; }
  set trace(trace: unknown) { this.take(0, trace); }
  get compare(): Trace | null { return this.runs[1]?.trace ?? null; }
  set compare(trace: unknown) { this.take(1, trace); }
  get nearest(): Nearest | null { return this.finder; }
  set nearest(finder: Nearest | null) {
    this.finder = finder;
    if (this.isConnected) this.rebuild();
  }

  connectedCallback(): void {
    for (const name of ["compare", "trace", "nearest"] as const) this.takeEarly(name);
    this.readFragment();
    this.darkScheme.addEventListener("change", this.rebuild);
    window.addEventListener("hashchange", this.readFragment);
    window.addEventListener("resize", this.measure);
    this.rebuild();
  }

  disconnectedCallback(): void {
    this.timeline.stop();
    this.address.stop();
    this.stage.clear();
    this.darkScheme.removeEventListener("change", this.rebuild);
    window.removeEventListener("hashchange", this.readFragment);
    window.removeEventListener("resize", this.measure);
  }

  attributeChangedCallback(name: string, _before: string | null, value: string | null): void {
    if (name === "src" && value !== null) void this.load(0, value);
    else if (name === "compare" && value !== null) void this.load(1, value);
    else if (name in VALUE_OF) {
      const key = VALUE_OF[name as keyof typeof VALUE_OF];
      this.state.update({ [key]: ownValues(this)[key] });
    } else if (this.isConnected) this.rebuild();
  }

  /** Takes what a page has set before this class was there. */
  private takeEarly(name: "trace" | "compare" | "nearest"): void {
    const early = Object.getOwnPropertyDescriptor(this, name);
    if (early === undefined) return;
    delete (this as Record<string, unknown>)[name];
    (this as Record<string, unknown>)[name] = early.value;
  }

  private get texts(): Texts { return textsIn(this.state.values.language); }

  private get dark(): boolean {
    const { theme } = this.state.values;
    return theme === "dark" || (theme === "auto" && this.darkScheme.matches);
  }

  private get keepsAddress(): boolean { return this.getAttribute("fragment") !== "off"; }

  private readonly ask: Ask = (name, detail) => {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  };

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
      this.runs[place] = trace === null || trace === undefined ? undefined : new Run(readTrace(trace));
    } catch (error) {
      return this.say(error instanceof Error ? error.message : String(error), true);
    }
    const run = this.runs[0];
    this.address.apply(run);
    if (run !== undefined) this.state.update({ moment: clampTo(this.state.values.moment, run.length) });
    this.say("");
    this.state.tell();
    this.rebuild();
    if (place === 0) this.request();
  }

  /** Gives the focus to the frame, which has the keys of the time. */
  override focus(options?: FocusOptions): void {
    this.frame.focus(options);
  }

  private readonly measure = (): void => this.stage.measure();

  private readonly rebuild = (): void => keepFocus(this.shadowRoot!, this.frame, () => this.build());

  private build(): void {
    const { values } = this.state;
    const [run, other] = this.runs;
    this.frame.dataset["theme"] = this.dark ? "dark" : "light";
    this.frame.classList.toggle("present", values.present);
    this.frame.classList.toggle("covered", values.covered);
    this.frame.lang = values.language;
    const open = run !== undefined && this.hasAttribute("interventions");
    this.sourceBar.element.hidden = !open;
    for (const element of [this.toolbar.tabs, this.stage.element, this.timeline.element]) element.hidden = !run;
    if (run === undefined) {
      if (this.message.textContent === "") this.say(this.texts.empty);
      return;
    }
    if (!this.isConnected) return;
    const runs = other === undefined ? [run] : [run, other];
    this.heading.show(runs, this.texts);
    this.toolbar.show(run, this.texts, this.dark);
    this.timeline.show(run, this.texts);
    if (open) this.sourceBar.show(run, this.texts);
    this.stage.show({
      runs, labels: [this.getAttribute("label"), this.getAttribute("compare-label")],
      palette: this.dark ? DARK : LIGHT, texts: this.texts, nearest: this.finder, ask: open ? this.ask : null,
    });
    this.timeline.update(values);
  }

  private onChange(now: ViewValues, before: ViewValues): void {
    const [run] = this.runs;
    if (run === undefined) return;
    if (STRUCTURE.some((key) => now[key] !== before[key])) this.rebuild();
    else {
      keepFocus(this.shadowRoot!, this.frame, () => {
        this.stage.update(now);
        this.timeline.update(now);
      });
      if (now.moment !== before.moment) this.stage.reveal();
    }
    if (this.keepsAddress) this.address.write(run, now);
    this.dispatchEvent(new CustomEvent("mechanics-change", { detail: now, bubbles: true }));
  }

  private readonly readFragment = (): void => {
    const asked = this.keepsAddress ? this.address.read(this.runs[0]) : null;
    if (asked === null) return;
    this.asked = asked;
    // A trace that is on its way may be the one that is meant.
    if (this.runs[0] !== undefined || !this.hasAttribute("src")) this.request();
  };

  /** Tells the page where the address asks for another run than the one shown. */
  private request(): void {
    if (this.asked === null) return;
    const { model, text } = this.asked;
    const trace = this.runs[0]?.trace;
    this.asked = null;
    if ((model !== null && model !== trace?.model) || (text !== null && text !== trace?.source.text)) {
      this.dispatchEvent(new CustomEvent("mechanics-request", { detail: { model, text }, bubbles: true }));
    }
  }

  private say(text: string, wrong = false): void {
    this.message.textContent = text;
    this.message.hidden = text === "";
    this.message.classList.toggle("wrong", wrong);
  }
}
