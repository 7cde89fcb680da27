import { html } from "./dom.js";
import type { Ask } from "./interventions.js";
import { visible } from "./notation.js";
import type { Run } from "./run.js";
import type { Texts } from "./texts.js";
import { wordOf } from "./words.js";
import { chips } from "./views/chips.js";

/** The source's tokens, each of which can be muted or replaced: shown where the page can run the model anew. */
export class SourceBar {
  readonly element = html("section", { class: "source-bar" });
  private readonly form = html("form", { class: "change-form", hidden: true });
  private readonly field = html("input", { type: "text", autocomplete: "off" });
  private picked = -1;

  constructor(private readonly ask: Ask) {}

  /** Writes the tokens and labels; called again in another language or with another run. */
  show(run: Run, texts: Texts): void {
    this.picked = -1;
    this.form.hidden = true;
    const tokens = chips(run.sourceTokens, "source").map((chip, position) => {
      const button = html("button", { type: "button", "aria-pressed": "false" }, ...chip.childNodes);
      button.addEventListener("click", () => this.pick(run, position));
      chip.replaceChildren(button);
      return chip;
    });
    const mute = html("button", { type: "button", class: "switch", "data-change": "mute" }, texts.change.mute);
    mute.addEventListener("click", () => this.ask("mute", { position: this.picked }));
    mute.hidden = !run.attends;
    this.form.replaceChildren(mute, html("label", {}, texts.change.replaceBy, " ", this.field),
      html("button", { type: "submit", class: "switch", "data-change": "swap" }, texts.change.replace));
    this.form.onsubmit = (event) => {
      event.preventDefault();
      this.ask("swap", { position: this.picked, word: this.word(run), text: this.field.value });
    };
    this.element.replaceChildren(html("h3", {}, texts.change.source), html("ol", { class: "chips" }, ...tokens),
      this.form);
  }

  private pick(run: Run, position: number): void {
    this.picked = this.picked === position ? -1 : position;
    this.element.querySelectorAll("ol button").forEach((button, index) =>
      button.setAttribute("aria-pressed", String(index === this.picked)));
    // The end of the source is no word that another one could stand for.
    const word = this.picked < 0 ? "" : this.word(run);
    this.form.hidden = this.picked < 0;
    for (const element of this.form.querySelectorAll<HTMLElement>("label, [data-change=swap]")) {
      element.hidden = run.trace.kind !== "text" || word === "</s>";
    }
    this.field.value = visible(word) === word ? word : "";
  }

  private word(run: Run): string {
    return run.sourceWords[wordOf(run.sourceWords, this.picked)]?.text ?? "";
  }
}
