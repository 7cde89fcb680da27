import type { TokenizerDescription } from "../formats.js";
import { Normalization } from "./normalization.js";
import { FIRST_TEXT_ID, readable, textIds, UNKNOWN_ID, UNKNOWN_TOKEN, type Tokenizer, type Tokens } from "./tokenizer.js";
import { type Span, wordsOfPieces } from "./words.js";

/** SentencePiece writes a space as this character and puts one before the first word. */
const SPACE = "\u2581";

/** The best segmentation of the text before a position ends with this piece. */
interface BestPath {
  score: number;
  start: number;
  id: number;
}

/**
 * Unigram segmentation (Kudo 2018, https://arxiv.org/abs/1804.10959) with the same result as SentencePiece's
 * C++ encoder: a Viterbi search, ties going to the earlier start.
 *
 * Equal results need equal rounding. The encoder adds a piece's score to the best score so far in double precision,
 * compares that sum with the stored one, and stores it rounded to float32; an unknown character's sum is rounded
 * before it is compared.
 */
export class SentencePieceTokenizer implements Tokenizer {
  readonly vocabulary: readonly string[];
  private readonly normalization: Normalization;
  private readonly ids: ReadonlyMap<string, number>;
  private readonly scores: Float32Array;
  private readonly unknownScore: number;
  private readonly longestPiece: number;

  constructor(description: TokenizerDescription) {
    this.vocabulary = description.vocabulary;
    this.normalization = new Normalization(description.normalization);
    this.ids = textIds(description.vocabulary);
    this.scores = Float32Array.from(description.scores ?? []);
    this.unknownScore = Math.fround(description.unknown_score ?? 0);
    this.longestPiece = 0;
    for (const piece of description.vocabulary.slice(FIRST_TEXT_ID)) {
      this.longestPiece = Math.max(this.longestPiece, [...piece].length);
    }
  }

  encode(text: string): Tokens {
    const normalized = this.normalization.apply(text);
    if (normalized === "") return { ids: [], surfaces: [] };
    // SentencePiece strips trailing spaces only after it has written them as SPACE, so it takes a SPACE of the text too.
    const escaped = (SPACE + normalized.replaceAll(" ", SPACE)).replace(TRAILING_SPACE, "");
    const codePoints = [...escaped];
    return mergeUnknown(this.backtrack(codePoints, this.bestPaths(codePoints)));
  }

  decode(ids: readonly number[]): string {
    return this.join(readable(ids, this.vocabulary));
  }

  join(tokens: readonly string[]): string {
    const pieces = tokens.map((token) => (token === UNKNOWN_TOKEN ? `${SPACE}\u2047${SPACE}` : token));
    return pieces.join("").replaceAll(SPACE, " ").replace(/^ +| +$/g, "");
  }

  words(tokens: readonly string[]): Span[] {
    return wordsOfPieces(tokens);
  }

  private bestPaths(codePoints: readonly string[]): BestPath[] {
    const best: BestPath[] = Array.from({ length: codePoints.length + 1 }, () => ({ score: 0, start: -1, id: -1 }));
    const offer = (start: number, end: number, score: number, id: number): void => {
      const path = best[end]!;
      if (path.start === -1 || score > path.score) best[end] = { score: Math.fround(score), start, id };
    };
    for (let start = 0; start < codePoints.length; start++) {
      const before = best[start]!.score;
      let piece = "";
      let isPiece = false;
      for (let end = start + 1; end <= Math.min(start + this.longestPiece, codePoints.length); end++) {
        piece += codePoints[end - 1]!;
        const id = this.ids.get(piece);
        if (id === undefined) continue;
        offer(start, end, before + this.scores[id]!, id);
        isPiece ||= end === start + 1;
      }
      if (!isPiece) offer(start, start + 1, Math.fround(before + this.unknownScore), UNKNOWN_ID);
    }
    return best;
  }

  private backtrack(codePoints: readonly string[], best: readonly BestPath[]): Tokens {
    const tokens: Tokens = { ids: [], surfaces: [] };
    for (let end = codePoints.length; end > 0; end = best[end]!.start) {
      tokens.ids.push(best[end]!.id);
      tokens.surfaces.push(codePoints.slice(best[end]!.start, end).join(""));
    }
    tokens.ids.reverse();
    tokens.surfaces.reverse();
    return tokens;
  }
}

const TRAILING_SPACE = new RegExp(`${SPACE}+$`);

/** Neighbouring unknown characters make one unknown token. */
function mergeUnknown(tokens: Tokens): Tokens {
  const merged: Tokens = { ids: [], surfaces: [] };
  tokens.ids.forEach((id, i) => {
    if (id === UNKNOWN_ID && merged.ids.at(-1) === UNKNOWN_ID) {
      merged.surfaces[merged.surfaces.length - 1] += tokens.surfaces[i]!;
    } else {
      merged.ids.push(id);
      merged.surfaces.push(tokens.surfaces[i]!);
    }
  });
  return merged;
}
