/** A model of this site, as models.json lists it. */
export interface ModelPlace {
  /** What addresses call it. */
  name: string;
  /** The folder of its files, relative to the page. */
  path: string;
  /** What people call it. */
  title: string;
  /** The address of its card, where the site has one. */
  card?: string;
}

const ONLY: readonly ModelPlace[] = [{ name: "model", path: "./model/", title: "Model" }];

/** Reads models.json beside the page: `[{name, path, title}]`. Without it the site has one model, in `./model/`. */
export async function readModelList(): Promise<readonly ModelPlace[]> {
  try {
    const response = await fetch("./models.json", { cache: "no-cache" });
    const list: unknown = response.ok ? await response.json() : [];
    const places = Array.isArray(list) ? list.filter(isPlace) : [];
    return places.length > 0 ? places : ONLY;
  } catch {
    // What is wrong with the server shows when the model is fetched, with a message that says what to do.
    return ONLY;
  }
}

function isPlace(value: unknown): value is ModelPlace {
  if (typeof value !== "object" || value === null) return false;
  const { name, path, title, card } = value as Record<string, unknown>;
  return [name, path, title, card ?? "-"].every((part) => typeof part === "string" && part !== "");
}
