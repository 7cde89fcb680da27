import { likeness } from "./matching-blocks.js";

const NUMBER = 3;
const ALIKE = 0.5;
/** What is longer is no token, and would take long to compare. */
const LONGEST = 80;

/** The few tokens of a vocabulary that look most like a string, the likest first. */
export function nearTokens(text: string, vocabulary: Iterable<string>): string[] {
  const wanted = [...text].slice(0, LONGEST);
  const found: { token: string; alike: number }[] = [];
  for (const token of vocabulary) {
    const characters = [...token];
    if (mostAlike(characters.length, wanted.length) < ALIKE) continue;
    const alike = likeness(characters, wanted);
    if (alike >= ALIKE) found.push({ token, alike });
  }
  found.sort((a, b) => b.alike - a.alike || (a.token < b.token ? 1 : -1));
  return found.slice(0, NUMBER).map(({ token }) => token);
}

/** No two lists of these lengths can be more alike. */
function mostAlike(length: number, other: number): number {
  return (2 * Math.min(length, other)) / Math.max(length + other, 1);
}
