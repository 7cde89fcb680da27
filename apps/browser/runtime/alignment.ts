import { type Span, wordText } from "./text/words.js";

/** Source word and target word, counted from 0. */
export type Link = readonly [source: number, target: number];

/**
 * The source word that each target word looks at most: weights are added up over the tokens of a source word and
 * averaged over those of a target word (Koehn and Knowles 2017, section 3.5). Of equal ones the first; no link for a
 * target word without any weight on a source word.
 *
 * @param attention - target tokens x source tokens.
 */
export function wordAlignment(
  attention: readonly (readonly number[])[],
  sourceWords: readonly Span[],
  targetWords: readonly Span[],
): Link[] {
  return targetWords.flatMap(([start, end], target): Link[] => {
    const rows = attention.slice(start, end);
    const looks = sourceWords.map(([from, to]) =>
      rows.reduce((sum, row) => sum + row.slice(from, to).reduce((a, b) => a + b, 0), 0) / rows.length);
    const most = looks.reduce((best, value, place) => (value > looks[best]! ? place : best), 0);
    return looks.some((value) => value !== 0) ? [[most, target]] : [];
  });
}

/** Links in the format of Pharaoh and Moses: `source-target`, counted from 0, sorted. */
export function pharaoh(links: readonly Link[]): string {
  return [...links].sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([source, target]) => `${source}-${target}`).join(" ");
}

/**
 * Puts the source word that it looked at most in the place of each unknown target token (Luong et al. 2015; by attention
 * as in Jean et al. 2015, section 3.3). A token without any weight on a source word stays `<unk>`.
 */
export function replaceUnknown(
  tokens: readonly string[],
  sourceTokens: readonly string[],
  attention: readonly (readonly number[])[],
  sourceWords: readonly Span[],
): string[] {
  const unknown = [...tokens.keys()].filter((place) => tokens[place] === "<unk>");
  const replaced = [...tokens];
  for (const [source, target] of wordAlignment(attention, sourceWords, unknown.map((place) => [place, place + 1]))) {
    replaced[unknown[target]!] = wordText(sourceTokens, sourceWords[source]!);
  }
  return replaced;
}
