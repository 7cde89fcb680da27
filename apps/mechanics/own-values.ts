import { DEFAULTS, VIEWS, type ViewName, type ViewValues } from "./view-state.js";

/** The attributes that say how the view begins, and what each decides. */
export const VALUE_OF = { lang: "language", theme: "theme", present: "present", view: "view" } as const;

/** The values that an element begins with: the usual ones, but for what its attributes say. */
export function ownValues(element: Pick<Element, "getAttribute">): ViewValues {
  const view = element.getAttribute("view") ?? "";
  const theme = element.getAttribute("theme");
  return {
    ...DEFAULTS,
    language: element.getAttribute("lang")?.toLowerCase().startsWith("zh") === true ? "zh" : "en",
    theme: theme === "light" || theme === "dark" ? theme : "auto",
    present: element.getAttribute("present") !== null,
    view: (VIEWS as readonly string[]).includes(view) ? view as ViewName : DEFAULTS.view,
  };
}
