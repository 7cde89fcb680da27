import { Changes, type Wish } from "./changes.js";
import { element } from "./dom.js";
import { describe } from "./loading.js";
import { MechanicsView } from "./mechanics-view.js";
import type { Model, Trace } from "./runtime.js";
import type { Tab } from "./tab.js";
import { TextForm } from "./text-form.js";

/** The tab Look inside: one run of the model with all its numbers, in which the visitor may change things. */
export class InsideTab implements Tab {
  private readonly input = new TextForm(element("inside-form", HTMLFormElement),
    element("inside-source", HTMLTextAreaElement), (text) => this.onText(text));
  private readonly message = element("inside-message", HTMLElement);
  private readonly undo = element("undo", HTMLButtonElement);
  private readonly view = new MechanicsView(element("mechanics", HTMLElement), (wish) => this.change(wish));
  private model: Model | undefined;
  private running: AbortController | undefined;
  /** The text whose run is shown, or on its way. */
  private shown: string | undefined;
  private changes = new Changes();

  /** `onAsk` hears of the text that the visitor wants to look into. */
  constructor(private readonly onAsk: (text: string) => void) {
    this.undo.addEventListener("click", () => {
      this.input.form.querySelector("textarea")!.focus();
      if (this.shown !== undefined) void this.run(this.shown, new Changes());
    });
  }

  enter(model: Model): void {
    this.model = model;
    this.input.form.hidden = false;
  }

  leave(): void {
    this.running?.abort();
    this.running = undefined;
    this.model = undefined;
    this.shown = undefined;
    this.input.form.hidden = true;
    this.undo.hidden = true;
    this.view.clear();
    this.tell("");
  }

  open(text: string): void {
    if (text === this.shown) return;
    this.input.text = text;
    this.view.clear();
    void this.run(text, new Changes());
  }

  private onText(text: string): void {
    this.shown = undefined;
    this.onAsk(text);
  }

  private change(wish: Wish): void {
    if (this.shown === undefined) return;
    try {
      void this.run(this.shown, this.changes.and(wish, this.shown));
    } catch (error) {
      this.tell(describe(error, "The change failed"), true);
    }
  }

  /** Where it fails, the run that is shown stays, and so do the changes that it has. */
  private async run(text: string, changes: Changes): Promise<void> {
    const { model } = this;
    if (model === undefined) return;
    this.running?.abort();
    const run = new AbortController();
    this.running = run;
    this.shown = text;
    this.tell("Computing the run …");
    try {
      const [trace, compare] = await compute(model, text, changes, run.signal);
      if (this.running !== run) return;
      await this.view.show(trace, compare);
      this.changes = changes;
      this.undo.hidden = changes.none;
      this.tell(told(trace, changes));
    } catch (error) {
      if (this.running === run) this.tell(describe(error, "The run failed"), true);
    }
  }

  private tell(text: string, wrong = false): void {
    this.message.textContent = text;
    this.message.classList.toggle("error", wrong);
  }
}

async function compute(
  model: Model, text: string, changes: Changes, signal: AbortSignal,
): Promise<[Trace, Trace | null]> {
  if (changes.none) return [await model.trace(text, { signal }), null];
  const { before, after } = await model.intervene(text, { ...changes.interventions(), signal });
  return [after, before];
}

/** What the mechanics view does not say itself. */
function told({ source }: Trace, changes: Changes): string {
  const tokens = source.tokens ?? [];
  if (!changes.none) return `Changed: ${changes.sentences(tokens).join("; ")}. The second run is the model's own.`;
  // The end token is not the visitor's.
  return tokens.length > 1 ? "" : "There is nothing to read yet: write something above.";
}
