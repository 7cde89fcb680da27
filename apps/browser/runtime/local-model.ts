import { activate, type BackendName, noBackend } from "./backend.js";
import type { Bundle } from "./bundle.js";
import { UserError } from "./errors.js";
import type { Config } from "./formats.js";
import { Graphs } from "./graph/graphs.js";
import { Life } from "./life.js";
import type { Memory, Model, ModelInfo, TranslateOptions } from "./model.js";
import { createTokenizer } from "./text/create.js";
import type { Tokenizer } from "./text/tokenizer.js";
import type { Intervention } from "./trace/intervention.js";
import type { InterveneOptions, TraceOptions } from "./trace/options.js";
import type { TextTracing } from "./trace/text-tracing.js";
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
  /** Made when the model first runs: its backend is then the active one. */
  private graphs: Graphs | undefined;
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
    return turns.take(async () => this.graphs?.memory ?? { numTensors: 0, numBytes: 0 });
  }

  dispose(): Promise<void> {
    return this.life.end(async () => {
      this.graphs?.dispose();
      this.graphs = undefined;
    });
  }

  private async translateAll(texts: readonly string[], options: TranslateOptions): Promise<Translation[]> {
    if (!Array.isArray(texts) || texts.some((text) => typeof text !== "string")) {
      throw new UserError("translate was given something else than text", "It takes a string or a list of strings",
        "Convert the value to a string");
    }
    const { config, source, target } = this;
    const translating = new Translating({ config, source, target }, texts, options);
    return this.life.run(options, async ({ signal }) => {
      signal?.throwIfAborted();
      return translating.run(await this.ready(), signal);
    });
  }

  /** Its code is fetched when it is first asked for: most pages only translate. */
  private async tracing(): Promise<TextTracing> {
    const { TextTracing } = await import("./trace/text-tracing.js");
    return new TextTracing(await this.ready(), this.config, this.source, this.target);
  }

  /** The graphs, on their backend. */
  private async ready(): Promise<Graphs> {
    // It may have been given up in the meantime: a browser takes a graphics processor back when it likes.
    if (!await activate(this.backend)) throw noBackend([this.backend]);
    return (this.graphs ??= new Graphs(this.bundle));
  }
}
