/** Where a visitor is: what the page's address says behind the `#`. What it leaves out is as usual. */
export interface Whereabouts {
  tab: string | null;
  model: string | null;
  text: string | null;
  beam: number | null;
  best: number | null;
}

const KEYS: readonly (keyof Whereabouts)[] = ["tab", "model", "text", "beam", "best"];

/**
 * The page's address, `#tab=inside&model=dates&text=...`, so that a link leads to what is seen. The mechanics view keeps
 * its own values there, too (`view`, `step`, ...).
 */
export class Address {
  /** `onFollow` hears when the visitor follows a link within the page or edits the address. */
  constructor(onFollow: (whereabouts: Whereabouts) => void) {
    addEventListener("hashchange", () => onFollow(this.read()));
  }

  read(): Whereabouts {
    const found = new URLSearchParams(location.hash.slice(1));
    return {
      tab: found.get("tab") ?? (found.has("view") ? "inside" : null),
      model: found.get("model"),
      text: found.get("text"),
      beam: count(found.get("beam")),
      best: count(found.get("best")),
    };
  }

  /** Writes it without a new entry in the history. Only "inside" keeps the values of the mechanics view. */
  write(whereabouts: Whereabouts): void {
    const before = new URLSearchParams(location.hash.slice(1));
    // A link may leave out what the page has anyway.
    const same = (key: "model" | "text"): boolean => !before.has(key) || before.get(key) === whereabouts[key];
    const sameRun = same("model") && same("text");
    const after = new URLSearchParams();
    for (const key of KEYS) {
      const value = whereabouts[key];
      if (value !== null) after.set(key, String(value));
    }
    if (whereabouts.tab === "inside" && sameRun) {
      for (const [key, value] of before) if (!(KEYS as readonly string[]).includes(key)) after.set(key, value);
    }
    try {
      history.replaceState(history.state, "", `#${after}`);
    } catch {
      // A browser refuses very long addresses and very many changes: then the address stays behind.
    }
  }
}

function count(text: string | null): number | null {
  const value = Number(text);
  return text !== null && Number.isInteger(value) && value >= 1 ? value : null;
}
