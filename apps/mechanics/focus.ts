/**
 * Lets `change` make elements anew without losing the keyboard's focus: it goes to the element that took the old one's
 * place, or to `frame`, which has the keys of the time, where there is none.
 */
export function keepFocus(root: ShadowRoot, frame: HTMLElement, change: () => void): void {
  const held = root.activeElement;
  if (held === null || held === frame) return change();
  const name = selectorOf(held);
  const place = [...root.querySelectorAll(name)].indexOf(held);
  change();
  if (root.activeElement?.checkVisibility() === true) return;
  const twin = held.isConnected ? undefined : root.querySelectorAll<HTMLElement>(name)[place];
  (twin?.checkVisibility() === true ? twin : frame).focus({ preventScroll: true });
}

/** What an element is and where it stands, in words that also fit the one made in its place. */
function selectorOf(element: Element): string {
  const data = [...element.attributes].filter(({ name }) => name.startsWith("data-"))
    .map(({ name, value }) => `[${name}="${CSS.escape(value)}"]`);
  const around = element.parentElement?.classList[0];
  return `${around === undefined ? "" : `.${CSS.escape(around)} > `}${element.localName}${data.join("")}`;
}

/** Controls that are done with once they were clicked: the keys are the time's again. */
const DONE = "[role=tab], .switches button, .segments button, .primary";

/** Gives the focus to `frame` where a mouse or a finger has chosen something; who chose with keys stays there. */
export function focusAfterClicks(frame: HTMLElement): void {
  frame.addEventListener("mousedown", (event) => {
    const [target] = event.composedPath();
    if (!(target instanceof Element) || target.closest(".walk") === null) return;
    // A picture is read with the pointer; its keys are for those who come to it with keys.
    event.preventDefault();
    frame.focus({ preventScroll: true });
  });
  frame.addEventListener("click", (event) => {
    const [target] = event.composedPath();
    const pointer = event instanceof PointerEvent && event.pointerType !== "";
    if (pointer && target instanceof Element && target.closest(DONE) !== null) frame.focus({ preventScroll: true });
  });
}
