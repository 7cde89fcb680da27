import { KINDS, type Wish } from "./changes.js";
import { type Trace } from "./runtime.js";

/** What the page uses of `<seq2seq-mechanics>`. */
interface MechanicsElement extends HTMLElement {
  trace: unknown;
  compare: unknown;
}

/** The mechanics component in its place in the page. Its script is fetched when it is first wanted. */
export class MechanicsView {
  private element: MechanicsElement | undefined;

  /** `onWish` hears what the visitor wants to be changed in the run. */
  constructor(private readonly place: HTMLElement, private readonly onWish: (wish: Wish) => void) {}

  /** Shows a run, and another one to compare it with. */
  async show(trace: Trace, compare: Trace | null): Promise<void> {
    const element = this.element ?? await this.create();
    element.hidden = false;
    element.compare = compare;
    element.trace = trace;
  }

  clear(): void {
    if (this.element === undefined) return;
    this.element.hidden = true;
    this.element.compare = null;
    this.element.trace = null;
  }

  private async create(): Promise<MechanicsElement> {
    await import("../../mechanics/index.js");
    if (this.element !== undefined) return this.element;
    const element = document.createElement("seq2seq-mechanics") as MechanicsElement;
    this.element = element;
    element.setAttribute("interventions", "");
    element.setAttribute("label", "with your changes");
    element.setAttribute("compare-label", "the model's own run");
    for (const kind of KINDS) {
      element.addEventListener(kind, (event) => {
        this.onWish({ kind, ...(event as CustomEvent<object>).detail } as Wish);
      });
    }
    this.place.append(element);
    return element;
  }
}
