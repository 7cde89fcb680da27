import { AnswerView } from "./answer-view.js";
import { element, make } from "./dom.js";
import { describe } from "./loading.js";
import type { DecodingOptions, Model, TokenEvent } from "./runtime.js";
import { SearchOptions } from "./search-options.js";
import type { Tab } from "./tab.js";
import { TextForm } from "./text-form.js";

/** Between two tokens, in milliseconds: long enough to see the translation and its attention being written. */
const PAUSE = 35;
const STOPPED = "Stopped.";

/** The first tab: text in, translation and attention out. Strangers' text reaches the page as text only. */
export class TranslateTab implements Tab {
  readonly options = new SearchOptions(() => this.onText(this.input.text));
  private readonly input = new TextForm(element("form", HTMLFormElement), element("source", HTMLTextAreaElement),
    (text) => this.onText(text));
  private readonly examples = element("examples", HTMLElement);
  private readonly submit = element("submit", HTMLButtonElement);
  private readonly stop = element("stop", HTMLButtonElement);
  private readonly answer = new AnswerView();
  private model: Model | undefined;
  private running: AbortController | undefined;
  /** What is shown, or on its way. */
  private shown: string | undefined;

  /** `onAsk` hears of the text that the visitor wants translated, `onError` of what went wrong, `undefined` for nothing. */
  constructor(
    private readonly onAsk: (text: string) => void,
    private readonly onError: (message: string | undefined) => void,
  ) {
    this.stop.addEventListener("click", () => this.running?.abort());
  }

  enter(model: Model): void {
    this.model = model;
    this.input.form.hidden = false;
    const { examples } = model.info;
    this.examples.hidden = examples.length === 0;
    this.examples.replaceChildren(...examples.map((text) => {
      const button = make("button", { type: "button", dir: "auto" }, text);
      button.addEventListener("click", () => this.onText(text));
      return button;
    }));
  }

  leave(): void {
    this.running?.abort();
    this.running = undefined;
    this.model = undefined;
    this.shown = undefined;
    this.showRunning(false);
    this.input.form.hidden = true;
    this.answer.clear();
  }

  open(text: string): void {
    if (text === this.shown) return;
    this.input.text = text;
    void this.translate(text);
  }

  private onText(text: string): void {
    // The same text again is worth a new run: the options may be others.
    this.shown = undefined;
    this.onAsk(text);
  }

  private async translate(text: string): Promise<void> {
    const { model } = this;
    if (model === undefined) return;
    this.running?.abort();
    const run = new AbortController();
    this.running = run;
    this.shown = text;
    this.onError(undefined);
    this.answer.begin();
    this.showRunning(true);
    const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : PAUSE;
    const began = performance.now();
    let waited = 0;
    let first = 0;
    const onToken = async (event: TokenEvent): Promise<void> => {
      // An older run's last word may come after a newer one's beginning.
      if (run.signal.aborted) return;
      const now = performance.now();
      if (event.position === 0) first = now - began;
      this.answer.add(event);
      await new Promise((resolve) => setTimeout(resolve, pause));
      waited += performance.now() - now;
    };
    try {
      const found = await model.translate(text, { ...this.search(), onToken, signal: run.signal });
      const all = performance.now() - began - waited;
      if (this.running !== run) return;
      if (run.signal.aborted) this.answer.stop(STOPPED);
      else this.answer.finish(found, model.info, { first: first || all, all });
    } catch (error) {
      if (this.running !== run) return;
      if (run.signal.aborted) this.answer.stop(STOPPED);
      else {
        this.answer.stop();
        this.onError(describe(error, "The translation failed"));
      }
    } finally {
      if (this.running === run) {
        this.running = undefined;
        this.showRunning(false);
      }
    }
  }

  private search(): DecodingOptions {
    const { beamSize, bestSize } = this.options;
    return beamSize === 1 ? {} : { beamSize, nBest: bestSize };
  }

  private showRunning(runs: boolean): void {
    const focused = document.activeElement === this.stop;
    this.stop.hidden = !runs;
    if (focused && !runs) this.submit.focus();
  }
}
