import { html } from "./dom.js";
import { sourceNotes } from "./notes.js";
import { visible } from "./notation.js";
import type { Run } from "./run.js";
import { modelNames } from "./run-names.js";
import type { Texts } from "./texts.js";

/** What is shown: the model, the source, and what is to be known of it. */
export class Heading {
  readonly element = html("div", { class: "heading" });
  readonly notes = html("p", { class: "notes" });

  show(runs: readonly Run[], texts: Texts): void {
    const run = runs[0]!;
    const text = run.trace.source.text ?? run.sourceTokens.map(visible).join(" ");
    this.element.replaceChildren(html("span", { class: "model" }, modelNames(runs)),
      html("bdi", { class: "text", title: run.trace.source.text ?? "" }, text));
    this.notes.textContent = sourceNotes(runs, texts).join(" ");
  }
}
