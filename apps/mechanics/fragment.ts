import type { Phase } from "./phases.js";
import { DEFAULTS, SPEEDS, VIEWS, type ViewName, type ViewValues } from "./view-state.js";

/** What a URL's fragment asks for. The sentence and the model are the host page's business, the rest the view's. */
export interface Asked {
  readonly model: string | null;
  readonly text: string | null;
  /** What it says of the view; `moment` needs a run and so is separate. */
  readonly values: Partial<ViewValues>;
  /** From 1, as people count: a step, or a source token that is being read. */
  readonly step: number | null;
  readonly read: number | null;
  readonly at: string | null;
}

/** Whether a fragment says anything to the view: pages have others, of their own. */
export function speaksToView(fragment: string): boolean {
  return [...new URLSearchParams(fragment.replace(/^#/, "")).keys()].some((key) => KEYS.has(key));
}

/** The fragment `after` of the view with what `before` says to others than the view: a page may have tabs of its own. */
export function keepingOthers(before: string, after: string): string {
  const found = new URLSearchParams();
  for (const [key, value] of new URLSearchParams(before.replace(/^#/, ""))) {
    // One without a value is the name of a place in the page.
    if (!KEYS.has(key) && value !== "") found.set(key, value);
  }
  return `${found}` === "" ? after : `#${found}&${after.replace(/^#/, "")}`;
}

/** Reads `#model=dates&text=...&view=attention&step=4&at=scores&present=1`. What cannot be understood is left out. */
export function parseFragment(fragment: string): Asked {
  const found = new URLSearchParams(fragment.replace(/^#/, ""));
  const values: { -readonly [Name in keyof ViewValues]?: ViewValues[Name] } = {};
  const view = found.get("view");
  if (view !== null && (VIEWS as readonly string[]).includes(view)) values.view = view as ViewName;
  const zoom = Number(found.get("zoom"));
  if (zoom === 1 || zoom === 2 || zoom === 3) values.zoom = zoom;
  const speed = Number(found.get("speed"));
  if ((SPEEDS as readonly number[]).includes(speed)) values.speed = speed;
  const temperature = Number(found.get("temperature"));
  if (temperature >= 0.05 && temperature <= 20) values.temperature = temperature;
  const layer = count(found.get("layer"));
  if (layer !== null) values.layer = layer - 1;
  const language = found.get("lang");
  if (language === "en" || language === "zh") values.language = language;
  const theme = found.get("theme");
  if (theme === "auto" || theme === "light" || theme === "dark") values.theme = theme;
  const unit = count(found.get("unit"));
  if (unit !== null) values.unit = unit - 1;
  for (const [name, key] of SWITCHES) if (found.has(name)) values[key] = found.get(name) === "1";
  return { model: found.get("model"), text: found.get("text"), values, step: count(found.get("step")),
    read: count(found.get("read")), at: found.get("at") };
}

/** The fragment that leads back here; what is as in `usual`, with which the view begins, is left out. */
export function formatFragment(values: ViewValues, model: string, text: string | null, phases: readonly Phase[],
  usual: ViewValues = DEFAULTS): string {
  const found = new URLSearchParams({ model });
  if (text !== null) found.set("text", text);
  found.set("view", values.view);
  if (values.view === "run") found.set("zoom", String(values.zoom));
  const { part, index, phase } = values.moment;
  found.set(part === "encoder" ? "read" : "step", String(index + 1));
  if (part === "decoder" && phase < phases.length - 1) found.set("at", phases[phase]!);
  if (values.speed !== usual.speed) found.set("speed", String(values.speed));
  if (values.temperature !== usual.temperature) found.set("temperature", String(values.temperature));
  if (values.layer !== usual.layer) found.set("layer", String(values.layer + 1));
  if (values.unit !== null) found.set("unit", String(values.unit + 1));
  if (values.language !== usual.language) found.set("lang", values.language);
  if (values.theme !== usual.theme) found.set("theme", values.theme);
  for (const [name, key] of SWITCHES) if (values[key] !== usual[key]) found.set(name, values[key] ? "1" : "0");
  return `#${found}`;
}

const SWITCHES = [["present", "present"], ["words", "words"], ["covered", "covered"], ["units", "allUnits"]] as const;
const KEYS: ReadonlySet<string> = new Set(["model", "text", "view", "zoom", "read", "step", "at", "speed",
  "temperature", "layer", "unit", "lang", "theme", ...SWITCHES.map(([name]) => name)]);

function count(text: string | null): number | null {
  const value = Number(text);
  return text !== null && Number.isInteger(value) && value >= 1 ? value : null;
}
