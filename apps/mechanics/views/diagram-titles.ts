import { html } from "../dom.js";
import type { NodeName } from "../step-diagram.js";

/** The titles of a drawing's parts: a symbol each, and words where there is room for them. */
export class DiagramTitles {
  private readonly elements = new Map<NodeName, HTMLElement>();
  private measured = false;

  /** The title of a part, empty at first. */
  of(name: NodeName): HTMLElement {
    const found = this.elements.get(name) ?? html("div", { class: "node-title" });
    this.elements.set(name, found);
    return found;
  }

  write(name: NodeName, symbol: string, words: string): void {
    this.measured = false;
    this.elements.get(name)?.replaceChildren(...(symbol === "" ? [] : [html("b", {}, symbol), " "]),
      html("span", { class: "node-words" }, words));
  }

  /** Leaves only the symbols where a title does not fit; `anew` where the drawing has another width. */
  fit(anew = false): void {
    const titles = [...this.elements.values()];
    if ((this.measured && !anew) || titles.every(({ clientWidth }) => clientWidth === 0)) return;
    this.measured = true;
    for (const title of titles) title.classList.remove("short");
    const cut = titles.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
    for (const title of cut) title.classList.add("short");
  }
}
