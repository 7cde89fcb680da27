/** Characters in a row that are compared: from 1 to so many. */
const LONGEST = 6;
/** Recall counts beta times as much as precision. */
const BETA = 2;

/**
 * chrF2 of one sentence (Popović 2015), as sacreBLEU computes it by default: the F-score of the mean precision and the
 * mean recall of character n-grams up to 6, spaces left out, from 0 to 100.
 */
export class CharacterFScore {
  private readonly counts: readonly ReadonlyMap<string, number>[];

  constructor(reference: string) {
    this.counts = ngramCounts(reference);
  }

  of(hypothesis: string): number {
    let [precision, recall, orders] = [0, 0, 0];
    for (const [order, written] of ngramCounts(hypothesis).entries()) {
      const reference = this.counts[order]!;
      if (written.size === 0 || reference.size === 0) continue;
      let matches = 0;
      for (const [ngram, count] of written) matches += Math.min(count, reference.get(ngram) ?? 0);
      precision += matches / total(written);
      recall += matches / total(reference);
      orders++;
    }
    if (precision + recall === 0) return 0;
    precision /= orders;
    recall /= orders;
    return 100 * (1 + BETA ** 2) * precision * recall / (BETA ** 2 * precision + recall);
  }
}

function ngramCounts(text: string): Map<string, number>[] {
  const characters = [...text.replace(SPACES, "")];
  return Array.from({ length: LONGEST }, (_, i) => {
    const counts = new Map<string, number>();
    for (let end = i + 1; end <= characters.length; end++) {
      const ngram = characters.slice(end - i - 1, end).join("");
      counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
    }
    return counts;
  });
}

function total(counts: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}

/** What Python's `str.split` takes for space: not quite what `\s` stands for. */
// eslint-disable-next-line no-control-regex -- these are spaces
const SPACES = /[\t-\r\x1c-\x20\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
