import { memory } from "@tensorflow/tfjs-core";
import { activate, type BackendName } from "./backend.js";
import { type SourceRow, sourceRow } from "./batch.js";
import type { Bundle } from "./bundle.js";
import { UserError } from "./errors.js";
import type { Config } from "./formats.js";
import { Graph } from "./graph.js";
import { graphLoop } from "./graph-loop.js";
import { Life } from "./life.js";
import type { Memory, Model, ModelInfo, TranslateOptions } from "./model.js";
import { StepLoop } from "./search/step-loop.js";
import { createTokenizer } from "./text/create.js";
import type { Tokenizer } from "./text/tokenizer.js";
import { type Hypothesis, type TokenEvent, tokenText, type Translation, translation } from "./translation.js";
import { turns } from "./turns.js";

/** How many texts go through the graphs together. */
const BATCH_SIZE = 64;

/** A model that runs in this thread. */
export class LocalModel implements Model {
  readonly info: Readonly<ModelInfo>;
  private readonly config: Config;
  private readonly source: Tokenizer;
  private readonly target: Tokenizer;
  private readonly graphs = new Map<string, Promise<Graph>>();
  private readonly life = new Life();

  constructor(private readonly bundle: Bundle, private readonly backend: BackendName) {
    const { config } = bundle;
    this.config = config;
    this.source = createTokenizer(bundle.tokenizers.source);
    this.target = createTokenizer(bundle.tokenizers.target);
    this.info = {
      name: config.name,
      description: config.description,
      examples: config.examples,
      parameters: config.parameters,
      sourceVocabularySize: config.source_vocabulary_size,
      targetVocabularySize: config.target_vocabulary_size,
      maxSourceTokens: config.max_source_tokens,
      backend,
      worker: false,
    };
  }

  translate(text: string, options?: TranslateOptions): Promise<Translation>;
  translate(texts: readonly string[], options?: TranslateOptions): Promise<Translation[]>;
  async translate(
    texts: string | readonly string[],
    options: TranslateOptions = {},
  ): Promise<Translation | Translation[]> {
    if (typeof texts === "string") return (await this.translateAll([texts], options))[0]!;
    return this.translateAll(texts, options);
  }

  memory(): Promise<Memory> {
    return turns.take(async () => {
      const { numTensors, numBytes } = memory();
      return { numTensors, numBytes };
    });
  }

  dispose(): Promise<void> {
    return this.life.end(async () => {
      for (const graph of this.graphs.values()) (await graph).dispose();
      this.graphs.clear();
    });
  }

  private async translateAll(texts: readonly string[], options: TranslateOptions): Promise<Translation[]> {
    if (!Array.isArray(texts) || texts.some((text) => typeof text !== "string")) {
      throw new UserError("translate was given something else than text", "It takes a string or a list of strings",
        "Convert the value to a string");
    }
    return this.life.run(options, (joined) => this.translateInBatches(texts, joined));
  }

  private async translateInBatches(texts: readonly string[], options: TranslateOptions): Promise<Translation[]> {
    const rows = texts.map((text) => sourceRow(text, this.source, this.config));
    const answers = new Array<Translation>(rows.length);
    // Rows of like length together: less padding to compute.
    const order = [...rows.keys()].sort((a, b) => rows[a]!.ids.length - rows[b]!.ids.length || a - b);
    for (let start = 0; start < order.length; start += BATCH_SIZE) {
      const indices = order.slice(start, start + BATCH_SIZE);
      const batch = indices.map((index) => rows[index]!);
      const found = await this.search(batch, indices, options);
      found.forEach((hypothesis, i) => {
        answers[indices[i]!] = translation(batch[i]!, hypothesis, this.target, this.config);
      });
    }
    return answers;
  }

  private async search(
    rows: readonly SourceRow[],
    indices: readonly number[],
    { loop = "step", onToken, signal }: TranslateOptions,
  ): Promise<Hypothesis[]> {
    signal?.throwIfAborted();
    await activate(this.backend);
    const tell = onToken && ((row: number, found: Hypothesis) => onToken(this.event(indices[row]!, rows[row]!, found)));
    if (loop === "step") {
      const steps = new StepLoop({ encode: await this.graph("encode"), step: await this.graph("step") }, this.config);
      return steps.run(rows, tell, signal);
    }
    if (rows.every((row) => row.limit === 0)) return rows.map(() => ({ ids: [], tokenLogProbs: [], attention: [] }));
    const found = await graphLoop(await this.graph("decode"), rows, this.config);
    signal?.throwIfAborted();
    for (const [row, hypothesis] of found.entries()) {
      for (let length = 1; tell && length <= hypothesis.ids.length; length++) {
        await tell(row, {
          ids: hypothesis.ids.slice(0, length),
          tokenLogProbs: hypothesis.tokenLogProbs.slice(0, length),
          attention: hypothesis.attention.slice(0, length),
        });
      }
    }
    return found;
  }

  private event(index: number, source: SourceRow, found: Hypothesis): TokenEvent {
    const position = found.ids.length - 1;
    const id = found.ids[position]!;
    return {
      index,
      position,
      id,
      token: tokenText(id, this.target, this.config),
      logProb: found.tokenLogProbs[position]!,
      attention: found.attention[position]!,
      sourceTokens: source.surfaces,
      text: this.target.decode(found.ids),
    };
  }

  /** Graphs are built when first used: a page that only streams never holds the weights of `decode`. */
  private graph(name: "decode" | "encode" | "step"): Promise<Graph> {
    let graph = this.graphs.get(name);
    if (graph === undefined) {
      graph = Graph.load(this.bundle.graph(name), this.bundle.weights);
      this.graphs.set(name, graph);
    }
    return graph;
  }
}
