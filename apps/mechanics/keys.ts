import type { Timeline } from "./timeline.js";

/** The keys that move the time: space, the arrows, Home and End. */
export function onKey(event: KeyboardEvent, timeline: Timeline): void {
  const target = event.composedPath()[0];
  if (event.altKey || event.ctrlKey || event.metaKey || target instanceof HTMLSelectElement) return;
  // Every other slider and every text field keeps its own keys; the time slider has ours.
  if (target instanceof HTMLInputElement && !timeline.element.contains(target)) return;
  const actions: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => timeline.move(-1), ArrowRight: () => timeline.move(1),
    Home: () => timeline.goToEnd("first"), End: () => timeline.goToEnd("last"),
    // On a button the space bar presses it; a tab with the focus is chosen already.
    ...(target instanceof HTMLButtonElement && target.role !== "tab" ? {} : { " ": () => timeline.toggle() }),
  };
  const action = actions[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}
