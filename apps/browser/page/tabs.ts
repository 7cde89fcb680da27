import { element } from "./dom.js";

/** The row of tabs and their panels. Arrow keys, Home and End move along the row, as the ARIA pattern has it. */
export class Tabs {
  private readonly list = element("tabs", HTMLElement);
  private readonly buttons = [...this.list.querySelectorAll<HTMLButtonElement>("[role=tab]")];
  readonly names: readonly string[] = this.buttons.map(nameOf);
  selected = this.names[0]!;

  /** `onSelect` hears of the tab that the visitor chose. */
  constructor(private readonly onSelect: (name: string) => void) {
    for (const button of this.buttons) button.addEventListener("click", () => this.choose(button));
    this.list.addEventListener("keydown", (event) => this.onKey(event));
  }

  /** Shows a tab without telling `onSelect`. */
  select(name: string): void {
    this.selected = name;
    for (const button of this.buttons) {
      const selected = nameOf(button) === name;
      button.setAttribute("aria-selected", String(selected));
      button.tabIndex = selected ? 0 : -1;
      element(nameOf(button), HTMLElement).hidden = !selected;
      // Scrolls the row only, where it is wider than the window.
      if (selected) this.list.scrollLeft = button.offsetLeft - (this.list.clientWidth - button.offsetWidth) / 2;
    }
  }

  private choose(button: HTMLButtonElement): void {
    this.select(nameOf(button));
    this.onSelect(nameOf(button));
  }

  private onKey(event: KeyboardEvent): void {
    const now = this.buttons.findIndex((button) => button === document.activeElement);
    const last = this.buttons.length - 1;
    const targets: Record<string, number> = {
      ArrowRight: now === last ? 0 : now + 1, ArrowLeft: now === 0 ? last : now - 1, Home: 0, End: last,
    };
    const target = this.buttons[targets[event.key] ?? -1];
    if (target === undefined) return;
    event.preventDefault();
    target.focus();
    this.choose(target);
  }
}

function nameOf(button: HTMLButtonElement): string {
  return button.getAttribute("aria-controls")!;
}
