import { UserError } from "../errors.js";
import { quoted } from "../quoted.js";

/** Words and what takes their place, or the whole new text. */
export type Swap = string | Readonly<Record<string, string>>;

/** The text with other words: every occurrence is replaced, as a whole word where there are such. */
export function swapped(text: string, swap: Swap | undefined): string {
  if (swap === undefined) return text;
  if (typeof swap === "string") return swap;
  const others = checked(swap);
  for (const word of others.keys()) {
    if (word === "" || !text.includes(word)) {
      throw new UserError(`The word ${quoted(word)} is to be swapped`, "It should be a word of the text",
        "Write it as the text has it");
    }
  }
  if (others.size === 0) return text;
  // In one go, so that two words can change places; the longest first. Scripts without spaces have no words between
  // borders.
  const words = [...others.keys()].sort((a, b) => [...b].length - [...a].length);
  const patterns = words.map((word) => {
    const plain = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    const whole = `(?<!${IN_WORDS})${plain}(?!${IN_WORDS})`;
    return new RegExp(whole, "u").test(text) ? whole : plain;
  });
  return text.replace(new RegExp(patterns.join("|"), "gu"), (found) => others.get(found)!);
}

const IN_WORDS = "[\\p{L}\\p{N}_]";

function checked(swap: Readonly<Record<string, string>>): Map<string, string> {
  const isTable = typeof swap === "object" && swap !== null && !Array.isArray(swap);
  const entries = isTable ? Object.entries(swap) : [];
  if (!isTable || entries.some(([, other]) => typeof other !== "string")) {
    throw new UserError(`swap is ${quoted(swap)}`, 'It should be { "word": "other word" }, or the whole new text',
      "Give one of these");
  }
  return new Map(entries);
}
