import { type Model, type TokenEvent, type Translation, UserError } from "../runtime/index.js";
import { HeatMap } from "./heat-map.js";

/** Between two tokens, in milliseconds: long enough to see the translation and its attention being written. */
const PAUSE = 35;

/** The form, the answer and the facts. Text of the user and of the model reaches the page as text only. */
export class TranslatePage {
  private readonly form = element("form") as HTMLFormElement;
  private readonly source = element("source") as HTMLTextAreaElement;
  private readonly answer = element("answer");
  private readonly notice = element("notice");
  private readonly heatMap = new HeatMap(element("map"));
  private running: AbortController | undefined;

  constructor(private readonly model: Model, private readonly showError: (message: string | undefined) => void) {}

  start(): void {
    const { name, description, examples } = this.model.info;
    document.title = name;
    element("name").textContent = name;
    element("description").textContent = description;
    this.addExamples(examples);
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.translate();
    });
    this.source.addEventListener("keydown", (event) => {
      // While an input method is composing, Enter belongs to it.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        void this.translate();
      }
    });
    this.showFacts();
    if (examples[0] !== undefined) {
      this.source.value = examples[0];
      void this.translate();
    }
  }

  private addExamples(examples: readonly string[]): void {
    const list = element("examples");
    list.hidden = examples.length === 0;
    for (const example of examples) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = example;
      button.addEventListener("click", () => {
        this.source.value = example;
        void this.translate();
      });
      list.append(button);
    }
  }

  private async translate(): Promise<void> {
    this.running?.abort();
    const run = new AbortController();
    this.running = run;
    this.showError(undefined);
    element("result").hidden = false;
    this.answer.textContent = "";
    this.answer.classList.add("writing");
    this.notice.hidden = true;
    const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : PAUSE;
    let waited = 0;
    const onToken = async (event: TokenEvent): Promise<void> => {
      if (event.position === 0) {
        // A model without attention gives weights that are all 0.
        element("attention").hidden = !event.attention.some((weight) => weight > 0);
        this.heatMap.start(event.sourceTokens);
      }
      this.answer.textContent = event.text;
      this.heatMap.addRow(event.token, event.attention);
      const before = performance.now();
      await new Promise((resolve) => setTimeout(resolve, pause));
      waited += performance.now() - before;
    };
    const began = performance.now();
    try {
      const found = await this.model.translate(this.source.value, { onToken, signal: run.signal });
      this.finish(found, performance.now() - began - waited);
    } catch (error) {
      if (run.signal.aborted) return;
      this.showError(error instanceof UserError ? error.message : `The translation failed: ${String(error)}`);
    } finally {
      if (this.running === run) this.answer.classList.remove("writing");
    }
  }

  private finish(found: Translation, milliseconds: number): void {
    this.answer.textContent = found.text;
    if (found.tokens.length === 0) element("attention").hidden = true;
    this.heatMap.finish();
    const read = found.sourceTokens.length - 1;
    if (read === 0) this.tell("There is nothing to translate yet: write something above.");
    else if (found.text === "") this.tell("The model's answer to this text is empty.");
    else if (read === this.model.info.maxSourceTokens) this.tell(`Only the first ${read} tokens were read.`);
    this.showFacts(found, milliseconds);
  }

  private tell(message: string): void {
    this.notice.hidden = false;
    this.notice.textContent = message;
  }

  private showFacts(found?: Translation, milliseconds?: number): void {
    const { parameters, backend } = this.model.info;
    const facts: [string, string][] = [["Parameters", parameters.toLocaleString("en")], ["Computed by", backend]];
    if (found !== undefined && milliseconds !== undefined && found.tokens.length > 0) {
      facts.push(["Time", `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`]);
      facts.push(["Probability", percentage(Math.exp(found.logProb))]);
    }
    const list = element("facts");
    list.hidden = false;
    list.replaceChildren(...facts.map(([name, value]) => {
      const group = document.createElement("div");
      const term = document.createElement("dt");
      const definition = document.createElement("dd");
      term.textContent = name;
      definition.textContent = value;
      group.append(term, definition);
      return group;
    }));
  }
}

function element(id: string): HTMLElement {
  return document.getElementById(id)!;
}

function percentage(probability: number): string {
  return probability < 0.0001 ? "< 0.01 %" : `${(100 * probability).toPrecision(3)} %`;
}
