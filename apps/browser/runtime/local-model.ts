import { memory } from "@tensorflow/tfjs-core";
import { activate, type BackendName } from "./backend.js";
import type { Bundle } from "./bundle.js";
import { UserError } from "./errors.js";
import type { Config } from "./formats.js";
import { Graph } from "./graph.js";
import { Life } from "./life.js";
import type { Memory, Model, ModelInfo, TranslateOptions } from "./model.js";
import { createTokenizer } from "./text/create.js";
import type { Tokenizer } from "./text/tokenizer.js";
import type { Intervention } from "./trace/intervention.js";
import type { InterveneOptions, TraceOptions } from "./trace/options.js";
import { TextTracing } from "./trace/text-tracing.js";
import type { Trace } from "./trace/trace.js";
import { Translating } from "./translating.js";
import type { Translation } from "./translation.js";
import { turns } from "./turns.js";

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

  trace(text: string, options: TraceOptions = {}): Promise<Trace> {
    return this.life.run(options, async (joined) => (await this.tracing()).trace(text, joined));
  }

  intervene(text: string, options: InterveneOptions): Promise<Intervention> {
    return this.life.run(options, async (joined) => (await this.tracing()).intervene(text, joined));
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
    const { config, source, target } = this;
    const translating = new Translating({ config, source, target, graph: (name) => this.graph(name) }, texts, options);
    return this.life.run(options, async ({ signal }) => {
      signal?.throwIfAborted();
      await activate(this.backend);
      return translating.run(signal);
    });
  }

  private async tracing(): Promise<TextTracing> {
    await activate(this.backend);
    const graphs = { encode: await this.graph("encode"), step: await this.graph("step") };
    return new TextTracing(graphs, this.config, this.source, this.target);
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
