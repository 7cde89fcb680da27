import { Answers, type Question } from "./answers.js";
import { type SourceRow, sourceRow } from "./batch.js";
import { UserError } from "./errors.js";
import type { Config } from "./formats.js";
import type { Graphs } from "./graph/graphs.js";
import { graphLoop } from "./graph-loop.js";
import type { TranslateOptions } from "./model.js";
import { quoted } from "./quoted.js";
import { Breath } from "./search/breath.js";
import { Decoding } from "./search/decoding.js";
import { lengthsOf } from "./search/length-limits.js";
import { Run } from "./search/run.js";
import type { Hypothesis, Listener, Search, Sentence } from "./search/search.js";
import { isTextList } from "./text-list.js";
import type { Tokenizer, Tokens } from "./text/tokenizer.js";
import type { Translation } from "./translation.js";

/** How many texts go through the graphs together, and how many rows a search may make of them. */
const MOST_TEXTS = 64;
const MOST_ROWS = 512;

/** What translating needs of a model. */
export interface ModelParts {
  config: Config;
  source: Tokenizer;
  target: Tokenizer;
}

/** A text on its way. */
interface Item {
  index: number;
  question: Question;
  row: SourceRow;
  sentence: Sentence;
}

/** One call of `translate`: checked when it is made, before anything runs. */
export class Translating {
  private readonly decoding: Decoding;
  private readonly search: Search;
  private readonly answers: Answers;
  private readonly items: readonly Item[];
  private readonly inGraph: boolean;
  private readonly onToken: TranslateOptions["onToken"];

  /** Throws `UserError` for options out of range, and prefixes that leave no room. */
  constructor(
    private readonly model: ModelParts,
    texts: readonly string[],
    { prefix, loop = "step", onToken, signal: _ignored, ...decoding }: TranslateOptions,
  ) {
    if (loop !== "step" && loop !== "graph") {
      throw new UserError(`loop: ${quoted(loop)}`, 'Expected "step" or "graph"', "Leave it out");
    }
    if (onToken !== undefined && typeof onToken !== "function") {
      throw new UserError(`onToken: ${quoted(onToken)}`, "Expected a function", "Leave it out, or pass a function");
    }
    this.onToken = onToken;
    const { source, target } = model;
    this.decoding = new Decoding(decoding);
    this.search = this.decoding.search(target);
    this.answers = new Answers(this.decoding.options, source, target);
    const prefixes = this.prefixes(prefix, texts.length);
    this.items = texts.map((text, index) => this.item(text, index, prefixes?.[index]));
    this.inGraph = loop === "graph";
    if (this.inGraph && (prefixes !== undefined || !this.decoding.isPlain)) {
      throw new UserError('loop: "graph" with other options', "That graph is greedy search without any",
        'Leave loop out, or use "step"');
    }
  }

  /** The translations, in the order of the texts. Throws the signal's reason once it is aborted. */
  async run(graphs: Graphs, signal?: AbortSignal): Promise<Translation[]> {
    const found = new Array<Translation>(this.items.length);
    const most = Math.max(1, Math.min(MOST_TEXTS, Math.floor(MOST_ROWS / this.search.paths)));
    // Rows of like length together: less padding to compute.
    const order = [...this.items].sort((a, b) => a.row.ids.length - b.row.ids.length || a.index - b.index);
    for (let start = 0; start < order.length; start += most) {
      const batch = order.slice(start, start + most);
      signal?.throwIfAborted();
      const hypotheses = await this.hypotheses(graphs, batch, signal);
      for (const [i, item] of batch.entries()) {
        const answer = this.answers.of(item.question, hypotheses[i]!);
        found[item.index] = answer;
        if (!this.streams) await this.tellAll(item, answer);
      }
    }
    return found;
  }

  private async hypotheses(graphs: Graphs, batch: readonly Item[], signal?: AbortSignal): Promise<Hypothesis[][]> {
    const sentences = batch.map(({ sentence }) => sentence);
    if (sentences.every(({ limit }) => limit === 0)) {
      return sentences.map(() => [{ ids: [], tokenLogProbs: [], attention: [], logProb: 0, score: 0 }]);
    }
    if (this.inGraph) return this.inOneGraph(graphs, batch, signal);
    const breath = new Breath(signal, signal !== undefined || this.onToken !== undefined);
    const run = await Run.begin(graphs, this.model.config, batch.map(({ row }) => row), this.search.paths);
    try {
      const listener: Listener = { pause: () => breath.take() };
      if (this.streams) listener.token = (row, found) => this.tell(batch[row]!, found);
      return await this.search.find(run, sentences, listener);
    } finally {
      run.dispose();
      breath.end();
    }
  }

  private async inOneGraph(graphs: Graphs, batch: readonly Item[], signal?: AbortSignal): Promise<Hypothesis[][]> {
    const found = await graphLoop(graphs.decode, batch.map(({ row }) => row), this.model.config);
    signal?.throwIfAborted();
    return found.map((one) => [one]);
  }

  /** Whether a token is certain as soon as it is found. */
  private get streams(): boolean {
    return !this.inGraph && this.decoding.hypotheses === 1;
  }

  private async tellAll(item: Item, answer: Translation): Promise<void> {
    for (let length = 1; this.onToken && length <= answer.ids.length; length++) {
      await this.tell(item, {
        ...answer,
        ids: answer.ids.slice(0, length),
        tokenLogProbs: answer.tokenLogProbs.slice(0, length),
        attention: answer.attention.slice(0, length),
      });
    }
  }

  private tell({ index, question }: Item, found: Hypothesis): void | Promise<void> {
    return this.onToken?.(this.answers.event(index, question, found));
  }

  private item(text: string, index: number, prefix: Tokens | undefined): Item {
    const { config, source } = this.model;
    const row = sourceRow(text, source, config);
    const lengths = lengthsOf(row.ids.length - 1, prefix?.ids.length, this.decoding.options, config.target_length);
    const question = {
      text, sourceTokens: row.surfaces, truncated: row.truncated, prefix: prefix?.surfaces ?? [],
    };
    const key = new TextEncoder().encode(text);
    return { index, question, row, sentence: { sourceTokens: row.ids.length, ...lengths, prefix: prefix?.ids ?? [], key } };
  }

  private prefixes(prefix: TranslateOptions["prefix"], number: number): Tokens[] | undefined {
    if (prefix === undefined || prefix === null) return undefined;
    const texts = typeof prefix === "string" ? new Array<string>(number).fill(prefix) : prefix;
    if (!isTextList(texts)) {
      throw new UserError("prefix is something else than text", "Expected a string, or one for each text",
        "Convert the value to a string");
    }
    if (texts.length !== number) {
      throw new UserError(`${texts.length} prefixes for ${number} texts`, "Expected one for each, or one string",
        "Give an empty string where there is none");
    }
    const most = this.decoding.options.maxLength ?? this.model.config.target_length.maximum;
    return texts.map((text) => {
      const tokens = this.model.target.encode(text);
      if (tokens.ids.length < most) return tokens;
      throw new UserError(`The prefix ${JSON.stringify(text.slice(0, 60))} has ${tokens.ids.length} tokens`,
        `Expected fewer than ${most}, the most that a translation may have`, "Use a shorter prefix, or maxLength");
    });
  }
}
