import { html, reveal } from "./dom.js";
import type { Run } from "./run.js";
import type { Texts } from "./texts.js";
import { VIEWS, type ViewName, type ViewState, type ViewValues } from "./view-state.js";

type Switch = "words" | "covered" | "allUnits" | "present";

/** What is shown above the stage: the tabs of the views, and the switches. */
export class Toolbar {
  readonly tabs = html("div", { class: "tabs", role: "tablist" });
  readonly switches = html("div", { class: "switches" });
  private tabButtons = new Map<ViewName, HTMLButtonElement>();

  constructor(private readonly state: ViewState) {
    this.tabs.addEventListener("keydown", (event) => this.onKey(event));
    this.tabs.addEventListener("scroll", () => this.fade(), { passive: true });
    new ResizeObserver(() => this.fade()).observe(this.tabs);
  }

  /** Writes the labels; called again in another language or with another run. */
  show(run: Run, texts: Texts, dark: boolean): void {
    const { values } = this.state;
    this.tabs.setAttribute("aria-label", texts.viewsLabel);
    this.tabButtons = new Map(VIEWS.map((view) => {
      const chosen = view === values.view;
      const tab = html("button", { type: "button", role: "tab", "aria-selected": String(chosen),
        tabindex: chosen ? 0 : -1, "data-view": view }, texts.views[view]);
      tab.addEventListener("click", () => this.choose(view));
      return [view, tab];
    }));
    const focused = this.tabs.contains((this.tabs.getRootNode() as ShadowRoot).activeElement);
    this.tabs.replaceChildren(...this.tabButtons.values());
    const present = this.tabButtons.get(values.view)!;
    if (focused) present.focus();
    reveal(this.tabs, present.offsetLeft, present.offsetLeft + present.offsetWidth);
    this.fade();
    this.switches.replaceChildren(
      ...(run.layers > 1 ? [this.layers(run, texts, values)] : []),
      ...(run.hasWords && values.view === "alignment" ? [this.toggle("words", texts.words)] : []),
      ...(STRIPS.includes(values.view) ? [this.toggle("allUnits", texts.allUnits)] : []),
      this.toggle("covered", texts.cover), this.toggle("present", texts.present),
      this.button("theme", dark ? texts.light : texts.dark, { theme: dark ? "light" : "dark" }),
      this.button("language", texts.otherLanguage, { language: values.language === "en" ? "zh" : "en" }));
  }

  /** Lets the tabs fade out at a side where there are more of them. */
  private fade(): void {
    const { scrollLeft, scrollWidth, clientWidth } = this.tabs;
    this.tabs.classList.toggle("more-before", scrollLeft > 1);
    this.tabs.classList.toggle("more-after", scrollLeft + clientWidth < scrollWidth - 1);
  }

  private choose(view: ViewName): void {
    if (view !== this.state.values.view) this.state.update({ view, playing: false });
  }

  private onKey(event: KeyboardEvent): void {
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (direction === undefined) return;
    // Within the tabs the arrows choose a view, as in every list of tabs.
    event.preventDefault();
    event.stopPropagation();
    const index = (VIEWS.indexOf(this.state.values.view) + direction + VIEWS.length) % VIEWS.length;
    this.choose(VIEWS[index]!);
  }

  private toggle(key: Switch, label: string): HTMLElement {
    const pressed = this.state.values[key];
    const button = html("button", { type: "button", class: "switch", "aria-pressed": String(pressed),
      "data-switch": key }, label);
    button.addEventListener("click", () => this.state.update({ [key]: !this.state.values[key] }));
    return button;
  }

  private button(key: string, label: string, change: Partial<ViewValues>): HTMLElement {
    const button = html("button", { type: "button", class: "switch", "data-switch": key }, label);
    button.addEventListener("click", () => this.state.update(change));
    return button;
  }

  private layers(run: Run, texts: Texts, values: ViewValues): HTMLElement {
    const select = html("select", { "aria-label": texts.layer(0).replace(/\s*0/, "") },
      ...Array.from({ length: run.layers }, (_, layer) => html("option", { value: layer }, texts.layer(layer + 1))));
    select.value = String(run.layer(values.layer));
    select.addEventListener("change", () => this.state.update({ layer: Number(select.value) }));
    return select;
  }
}

/** The views that show vectors as strips. */
const STRIPS: readonly ViewName[] = ["states", "cell", "attention"];
