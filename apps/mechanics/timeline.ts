import { html, style, svg } from "./dom.js";
import { momentAt, neighbour, placeOf, places, type Length, type Moment } from "./moments.js";
import { visible } from "./notation.js";
import type { Run } from "./run.js";
import type { Texts } from "./texts.js";
import { isFine, SPEEDS, type ViewState, type ViewValues } from "./view-state.js";

/** How long a token, or a phase of a step, stays at the usual speed, in milliseconds. */
const TOKEN_TIME = 650;
const PHASE_TIME = 1100;
/** With more tokens than this their ticks would run into one another. */
const MOST_TICKS = 90;

/** The time slider with its buttons: the one clock of all views. */
export class Timeline {
  readonly element = html("div", { class: "timeline" });
  /** The line above the slider: what happens now, and what others put there. */
  readonly line = html("div", { class: "time-line" });
  private readonly slider = html("input", { type: "range", min: 0, step: 1 });
  private readonly playButton = html("button", { class: "round play", type: "button" });
  private readonly speed = html("select");
  private readonly now = html("output", { class: "now" });
  private readonly track = html("div", { class: "track" });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private run: Run | null = null;
  private texts: Texts | null = null;

  constructor(private readonly state: ViewState) {
    const back = html("button", { class: "round", type: "button", "data-step": -1 }, icon("M8 0L1 5l7 5z"));
    const forward = html("button", { class: "round", type: "button", "data-step": 1 }, icon("M2 0l7 5l-7 5z"));
    for (const [button, direction] of [[back, -1], [forward, 1]] as const) {
      button.addEventListener("click", () => this.move(direction));
    }
    this.playButton.addEventListener("click", () => this.toggle());
    this.speed.append(...SPEEDS.map((speed) => html("option", { value: speed }, `${speed}×`)));
    this.speed.addEventListener("change", () => this.state.update({ speed: Number(this.speed.value) }));
    this.slider.addEventListener("input", () => {
      if (this.run === null) return;
      this.go(momentAt(Number(this.slider.value), this.run.length, this.fine));
    });
    this.line.append(this.now);
    this.element.append(this.line, html("div", { class: "buttons" }, back, this.playButton, forward),
      html("div", { class: "slider" }, this.track, this.slider), this.speed);
  }

  /** Shows the length of this run, in this language. */
  show(run: Run, texts: Texts): void {
    this.run = run;
    this.texts = texts;
    const { source, steps } = run.length;
    this.slider.max = String(Math.max(places(run.length) - 1, 0));
    style(this.track, { "--share": String(source / Math.max(source + steps, 1)), "--tokens": String(source + steps) });
    this.track.classList.toggle("fine", source + steps > MOST_TICKS);
    this.track.classList.toggle("many", source + steps > MOST_TICKS / 3);
    this.slider.setAttribute("aria-label", texts.time);
    this.speed.setAttribute("aria-label", texts.speed);
    const [back, , forward] = this.element.querySelectorAll("button");
    back!.setAttribute("aria-label", texts.back);
    forward!.setAttribute("aria-label", texts.forward);
    // A run of one moment, as an empty line is, has no time.
    const still = source + steps <= 1;
    for (const button of [back!, this.playButton, forward!]) button.disabled = still;
    this.slider.disabled = still;
  }

  update(values: ViewValues): void {
    const { run, texts } = this;
    if (run === null || texts === null) return;
    this.slider.value = String(placeOf(values.moment, run.length));
    style(this.slider, { "--done": String(Number(this.slider.value) / Math.max(Number(this.slider.max), 1)) });
    const said = this.inWords(values, run, texts);
    this.now.textContent = said;
    // Read out while one steps by hand; while it plays nobody could listen so fast.
    this.now.setAttribute("aria-live", values.playing ? "off" : "polite");
    this.slider.setAttribute("aria-valuetext", said);
    if (this.playButton.dataset["playing"] !== String(values.playing)) {
      this.playButton.dataset["playing"] = String(values.playing);
      this.playButton.replaceChildren(icon(values.playing ? "M1 0h3v10H1zM6 0h3v10H6z" : "M2 0l8 5l-8 5z"));
    }
    this.playButton.setAttribute("aria-label", values.playing ? texts.pause : texts.play);
    this.speed.value = String(values.speed);
    this.schedule(values);
  }

  /** Starts or stops; at the end it starts anew. */
  toggle(): void {
    const { playing, moment } = this.state.values;
    if (this.run === null) return;
    const ended = !playing && this.next(moment, 1) === moment;
    this.state.update({ playing: !playing, ...(ended ? { moment: this.first() } : {}) });
  }

  move(direction: 1 | -1): void {
    this.go(this.next(this.state.values.moment, direction));
  }

  goToEnd(end: "first" | "last"): void {
    if (this.run === null) return;
    this.go(end === "first" ? this.first() : momentAt(Infinity, this.run.length, this.fine));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Whether the present view shows a step phase by phase. */
  private get fine(): boolean {
    return isFine(this.state.values.view);
  }

  private first(): Moment {
    const { steps } = this.length;
    // Views of the decoder begin with it.
    return this.fine && steps > 0 ? { part: "decoder", index: 0, phase: 0 } : momentAt(0, this.length, this.fine);
  }

  private get length(): Length {
    return this.run!.length;
  }

  private next(moment: Moment, direction: 1 | -1): Moment {
    return this.run === null ? moment : neighbour(moment, direction, this.length, this.fine);
  }

  private go(moment: Moment): void {
    this.state.update({ moment, playing: false });
  }

  private schedule(values: ViewValues): void {
    this.stop();
    if (!values.playing) return;
    const whole = !this.fine || values.moment.part === "encoder";
    this.timer = setTimeout(() => {
      const next = this.next(values.moment, 1);
      this.state.update(next === values.moment ? { playing: false } : { moment: next });
    }, (whole ? TOKEN_TIME : PHASE_TIME) / values.speed);
  }

  private inWords({ moment }: ViewValues, run: Run, texts: Texts): string {
    const { source, steps } = run.length;
    const { part, index, phase } = moment;
    if (part === "encoder") return texts.reading(visible(run.sourceTokens[index] ?? ""), index + 1, source);
    // What is written is not told before it is chosen: a class may want to guess.
    const chosen = !this.fine || phase === run.phases.length - 1;
    const said = chosen ? texts.writing(visible(run.targetTokens[index] ?? ""), index + 1, steps)
      : texts.step(index + 1, steps);
    return this.fine ? `${said} · ${texts.phases[run.phases[phase]!]}` : said;
  }
}

function icon(path: string): SVGElement {
  return svg("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, svg("path", { d: path }));
}
