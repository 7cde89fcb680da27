import { pharaoh, replaceUnknown, wordAlignment } from "./alignment.js";
import { END_ID, UNKNOWN_ID } from "./ids.js";
import type { Decided } from "./search/decoding-options.js";
import { minimumBayesRisk } from "./search/minimum-bayes-risk.js";
import type { Hypothesis } from "./search/search.js";
import { CharacterTokenizer } from "./text/character.js";
import { isReadable, type Tokenizer, UNKNOWN_TOKEN } from "./text/tokenizer.js";
import { withoutEnd } from "./text/words.js";
import type { TokenEvent, Translation } from "./translation.js";

/** A text that was translated. */
export interface Question {
  text: string;
  /** What was read of it, `</s>` last. */
  sourceTokens: string[];
  truncated: boolean;
  /** What its translation begins with: as it was given, also where the model does not know its words. */
  prefix: readonly string[];
}

/** What searches have found, as translations. */
export class Answers {
  constructor(
    private readonly options: Decided,
    private readonly source: Tokenizer,
    private readonly target: Tokenizer,
  ) {}

  /** The best of one or more hypotheses, with the others in its `nBest` where several were asked for. */
  of(question: Question, hypotheses: readonly Hypothesis[]): Translation {
    const { nBest, minimumBayesRisk: byAgreement } = this.options;
    let ranked = [...hypotheses].sort((a, b) => b.score - a.score); // samples come as they were drawn
    if (byAgreement) {
      const { order, expected } = minimumBayesRisk(ranked.map(({ ids }) => this.text(ids, this.tokens(ids, question))));
      ranked = order.map((place) => ({ ...ranked[place]!, score: expected[place]! }));
    }
    const best = new Map<string, Translation>();
    for (const hypothesis of ranked) {
      const one = this.translation(question, hypothesis);
      if (!best.has(one.text)) best.set(one.text, one);
      if (best.size === nBest) break;
    }
    const found = [...best.values()];
    return { ...found[0]!, nBest: nBest > 1 ? found : [] };
  }

  /** The last token of a hypothesis that is still growing. */
  event(index: number, question: Question, { ids, tokenLogProbs, attention }: Hypothesis): TokenEvent {
    const position = ids.length - 1;
    const tokens = this.tokens(ids, question);
    return {
      index,
      position,
      id: ids[position]!,
      token: tokens[position]!,
      logProb: tokenLogProbs[position]!,
      attention: attention[position]!,
      sourceTokens: question.sourceTokens,
      text: this.text(ids, tokens),
    };
  }

  private translation(question: Question, { ids, tokenLogProbs, attention, logProb, score }: Hypothesis): Translation {
    const { sourceTokens, truncated } = question;
    const tokens = this.tokens(ids, question);
    const sourceWords = this.source.words(withoutEnd(sourceTokens));
    const replaces = this.options.unknown === "replace" && tokens.includes(UNKNOWN_TOKEN);
    const written = replaces ? this.replaced(tokens, sourceTokens, attention) : tokens;
    const words = this.target.words(withoutEnd(written));
    return {
      source: question.text,
      text: replaces ? this.target.join(withoutEnd(written)) : this.text(ids, tokens),
      score,
      logProb,
      tokens: written,
      ids,
      sourceTokens,
      attention,
      tokenLogProbs,
      sourceWords,
      words,
      alignment: pharaoh(wordAlignment(attention, sourceWords, words)),
      truncated,
      nBest: [],
    };
  }

  /** Between characters, the character that was looked at takes the place of an unknown one. */
  private replaced(tokens: readonly string[], sourceTokens: readonly string[], attention: number[][]): string[] {
    const source = withoutEnd(sourceTokens);
    const characters = this.target instanceof CharacterTokenizer;
    const words = characters ? source.map((_, place) => [place, place + 1] as const) : this.source.words(source);
    return replaceUnknown(tokens, sourceTokens, attention, words);
  }

  private tokens(ids: readonly number[], { prefix }: Question): string[] {
    return ids.map((id, place) => {
      if (id === UNKNOWN_ID) return prefix[place] ?? UNKNOWN_TOKEN;
      return id === END_ID ? "</s>" : (this.target.vocabulary[id] ?? UNKNOWN_TOKEN);
    });
  }

  private text(ids: readonly number[], tokens: readonly string[]): string {
    return this.target.join(tokens.filter((_, place) => isReadable(ids[place]!)));
  }
}
