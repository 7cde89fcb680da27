import { html } from "../dom.js";
import { shortened } from "../notation.js";

/** A line of tokens as chips. */
export function chips(tokens: readonly string[], part: "source" | "target", news: ReadonlySet<number> = new Set(),
): HTMLElement[] {
  return tokens.map((token, index) => html("li", { class: `chip ${part}${news.has(index) ? " changed" : ""}`, title: token },
    html("bdi", {}, shortened(token, 18))));
}

/** Marks the chip of now, and those that are still to come. */
export function mark(elements: readonly HTMLElement[], current: number): void {
  elements.forEach((element, index) => {
    element.classList.toggle("current", index === current);
    element.classList.toggle("future", index > current);
  });
}
