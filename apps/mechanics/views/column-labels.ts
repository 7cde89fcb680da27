import { letters, visible } from "../notation.js";

/** About how wide a letter of a label is, in pixels, in type of the usual size. */
const LETTER = 8;

/** Turns labels upright where they do not fit side by side over columns of this width; the end token is written small. */
export function turn(labels: readonly HTMLElement[], tokens: readonly string[], width: number): void {
  const fits = tokens.every((token) => token === "</s>" || letters(visible(token)) * LETTER <= width);
  labels.forEach((label, index) => {
    label.classList.toggle("turned", !fits);
    label.classList.toggle("small", fits && tokens[index] === "</s>");
  });
}
