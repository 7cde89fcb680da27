import { CharacterFScore } from "./character-f-score.js";

/**
 * Ranks translations of one source by how much they agree with one another: each is a hypothesis, and all are its
 * references; its expected utility is the mean of its chrF with them (Kumar and Byrne 2004; from samples as in Eikema
 * and Aziz 2020). A text that occurs three times counts three times.
 *
 * @returns the texts' places, best first, of equals the earlier, and the expected utility of each text, from 0 to 100.
 */
export function minimumBayesRisk(texts: readonly string[]): { order: number[]; expected: number[] } {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const scorers = new Map([...counts.keys()].map((text) => [text, new CharacterFScore(text)]));
  const utilities = new Map([...counts.keys()].map((text) => {
    // In order of size, so that texts of the same utilities are equals to the last digit.
    const terms = [...counts].map(([reference, count]) => count * scorers.get(reference)!.of(text)).sort((a, b) => a - b);
    return [text, terms.reduce((sum, term) => sum + term, 0) / texts.length];
  }));
  const expected = texts.map((text) => utilities.get(text)!);
  return { order: [...texts.keys()].sort((a, b) => expected[b]! - expected[a]!), expected };
}
