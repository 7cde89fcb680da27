import { element, make } from "./dom.js";
import { percentage } from "./facts.js";
import type { Translation } from "./runtime.js";

/** The best hypotheses of a beam; the one that is picked has its attention shown. */
export class AlternativesList {
  private readonly box = element("alternatives", HTMLElement);
  private readonly list = element("n-best", HTMLOListElement);

  constructor(private readonly onPick: (found: Translation) => void) {}

  /** Shows them where there is a choice. */
  show(found: readonly Translation[]): void {
    this.box.hidden = found.length < 2;
    this.list.replaceChildren(...found.map((one, place) => {
      const text = make("span", { className: "alternative", dir: "auto" }, one.text === "" ? "(empty)" : one.text);
      const score = make("span", { className: "muted" },
        `score ${one.score.toFixed(3).replace("-", "−")}, ${percentage(Math.exp(one.logProb))}`);
      const button = make("button", { type: "button" }, text, score);
      button.setAttribute("aria-pressed", String(place === 0));
      button.addEventListener("click", () => {
        for (const other of this.list.querySelectorAll("button")) {
          other.setAttribute("aria-pressed", String(other === button));
        }
        this.onPick(one);
      });
      return make("li", {}, button);
    }));
  }
}
