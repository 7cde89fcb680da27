import { type Interventions, UserError } from "./runtime.js";
import { visible } from "./visible.js";

/** A change as the mechanics view asks for it: the name of its event, and what the event says. */
export type Wish =
  | { kind: "force"; step: number; token: string }
  | { kind: "attention"; step: number; weights: readonly number[] }
  | { kind: "mute"; position: number }
  | { kind: "swap"; position: number; word: string; text: string };

export const KINDS: readonly Wish["kind"][] = ["force", "attention", "mute", "swap"];

/** What a visitor has changed in a run. Steps and positions count from 0. */
export class Changes {
  constructor(private readonly made: Interventions = {}) {}

  get none(): boolean {
    const { force = {}, attention = {}, mute = [], swap } = this.made;
    return Object.keys(force).length + Object.keys(attention).length + mute.length === 0 && swap === undefined;
  }

  /** These changes in the run of `text`, and one more. Throws `UserError` where the text has no such word. */
  and(wish: Wish, text: string): Changes {
    const { force, attention, mute = [], swap } = this.made;
    switch (wish.kind) {
      case "force":
        return new Changes({ ...this.made, force: { ...force, [wish.step]: wish.token } });
      case "attention":
        return new Changes({ ...this.made, attention: { ...attention, [wish.step]: wish.weights } });
      case "mute": {
        const others = mute.filter((position) => position !== wish.position);
        // A second time takes it back.
        return new Changes({ ...this.made, mute: others.length < mute.length ? others : [...mute, wish.position] });
      }
      case "swap":
        // Steps and positions of the old text mean nothing in the new one.
        return new Changes({ swap: swapped(swap ?? text, wish.word, wish.text) });
    }
  }

  interventions(): Interventions {
    return this.made;
  }

  /** What was changed, in words, counted from 1 as people do. `tokens` are what the changed run reads. */
  sentences(tokens: readonly string[]): string[] {
    const { force = {}, attention = {}, mute = [], swap } = this.made;
    const name = (position: number): string => `“${visible(tokens[position] ?? "?")}”`;
    return [
      ...(swap === undefined ? [] : [`the text is “${swap}”`]),
      ...Object.entries(force).map(([step, token]) => `token ${Number(step) + 1} is “${visible(token)}”`),
      ...mute.map((position) => `${name(position)} (source token ${position + 1}) gets no attention`),
      ...Object.entries(attention).map(([step, row]) =>
        `token ${Number(step) + 1} looks most at ${name(row.indexOf(Math.max(...row)))}`),
    ];
  }
}

/** The text with another word, the first time it stands there. The model may read in lower case what is written otherwise. */
function swapped(text: string, word: string, other: string): string {
  const written = word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  // As a whole word where there is one: scripts without spaces have none between borders.
  const whole = new RegExp(`(?<![\\p{L}\\p{N}_])${written}(?![\\p{L}\\p{N}_])`, "iu").exec(text);
  const found = whole ?? new RegExp(written, "iu").exec(text);
  if (word === "" || found === null) {
    throw new UserError(`The text has no “${word}” as the model reads it`, "A word of the text can be swapped",
      "Change the text itself, above");
  }
  return text.slice(0, found.index) + other + text.slice(found.index + found[0].length);
}
