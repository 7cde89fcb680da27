import { disposedError } from "../errors.js";
import type { LoadOptions } from "../load-options.js";
import type { Memory, Model, ModelInfo, TranslateOptions } from "../model.js";
import type { Intervention } from "../trace/intervention.js";
import type { InterveneOptions, TraceOptions } from "../trace/options.js";
import type { Trace } from "../trace/trace.js";
import type { Translation } from "../translation.js";
import { Connection } from "./connection.js";
import { startWorker } from "./start-worker.js";

/** A model that lives in a worker of its own. Errors, callbacks and signals behave as in this thread. */
export class WorkerModel implements Model {
  private disposed = false;

  private constructor(
    readonly info: Readonly<ModelInfo>,
    private readonly connection: Connection,
    private readonly terminate: () => void,
  ) {}

  /** Loads the model of the folder `url` (absolute); undefined where no worker can be started. */
  static async load(url: string, options: LoadOptions): Promise<WorkerModel | undefined> {
    const ended = new AbortController();
    const worker = await startWorker((reason) => ended.abort(reason));
    if (worker === undefined) return undefined;
    const connection = new Connection(worker);
    ended.signal.addEventListener("abort", () => connection.end(ended.signal.reason));
    try {
      const info = await connection.call("load", [url, options]) as ModelInfo;
      return new WorkerModel({ ...info, worker: true }, connection, () => worker.terminate());
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  translate(text: string, options?: TranslateOptions): Promise<Translation>;
  translate(texts: readonly string[], options?: TranslateOptions): Promise<Translation[]>;
  translate(texts: string | readonly string[], options: TranslateOptions = {}): Promise<Translation | Translation[]> {
    return this.connection.call("translate", [texts, options]) as Promise<Translation | Translation[]>;
  }

  async trace(text: string, options: TraceOptions = {}): Promise<Trace> {
    return await this.connection.call("trace", [text, options]) as Trace;
  }

  async intervene(text: string, options: InterveneOptions): Promise<Intervention> {
    return await this.connection.call("intervene", [text, options]) as Intervention;
  }

  async memory(): Promise<Memory> {
    // All that the worker held ended with it.
    if (this.disposed) return { numTensors: 0, numBytes: 0 };
    return await this.connection.call("memory", []) as Memory;
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    this.connection.end(disposedError());
    this.terminate();
  }
}
