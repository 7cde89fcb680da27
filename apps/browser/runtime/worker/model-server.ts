import type { LoadOptions } from "../load-options.js";
import type { Model } from "../model.js";
import { toFailure } from "./failures.js";
import type { Port, Reply, Request } from "./messages.js";
import { ServedCall } from "./served-call.js";

type CallRequest = Extract<Request, { type: "call" }>;

/** The worker's end: owns the model and answers the page's calls. */
export class ModelServer {
  private readonly running = new Map<number, ServedCall>();
  private model: Model | undefined;

  /** `open` loads a model into this thread. */
  constructor(
    private readonly port: Port<Reply>,
    private readonly open: (url: string, options: LoadOptions) => Promise<Model>,
  ) {
    port.addEventListener("message", ({ data }) => this.receive(data as Request));
  }

  private receive(request: Request): void {
    switch (request.type) {
      case "hello":
        void this.greet(request.lock);
        return;
      case "call":
        void this.answer(request);
        return;
      case "heard":
        this.running.get(request.id)?.heard(request.event);
        return;
      case "abort":
        this.running.get(request.id)?.abort();
    }
  }

  /** Says that it is there. Its lock is free again when this thread ends, however it does: so the page gets to know. */
  private async greet(lock: string): Promise<void> {
    const locked = await new Promise<boolean>((resolve) => {
      const held = (navigator as Partial<Navigator> | undefined)?.locks?.request(lock, () => {
        resolve(true);
        return new Promise<void>(() => undefined);
      });
      if (held === undefined) resolve(false);
      else held.catch(() => resolve(false));
    });
    this.port.postMessage({ type: "ready", locked });
  }

  private async answer(request: CallRequest): Promise<void> {
    const { id } = request;
    const call = new ServedCall(id, this.port);
    this.running.set(id, call);
    try {
      const value = await this.run(request, withCallbacks(request, call));
      await call.allHeard();
      this.port.postMessage({ type: "result", id, value });
    } catch (error) {
      this.port.postMessage({ type: "failure", id, failure: toFailure(error) });
    } finally {
      this.running.delete(id);
    }
  }

  private async run({ method }: CallRequest, values: unknown[]): Promise<unknown> {
    if (method === "load") {
      this.model = await this.open(...(values as [string, LoadOptions]));
      return this.model.info;
    }
    const model = this.model!;
    return (model[method] as (...values: unknown[]) => Promise<unknown>).apply(model, values);
  }
}

/** The arguments as they were on the page: with a signal and functions among the options. */
function withCallbacks({ values, callbacks, abortable }: CallRequest, call: ServedCall): unknown[] {
  if (!abortable) return values;
  const functions = callbacks.map((name) => [name, call.callback(name)] as const);
  return [...values.slice(0, -1), { ...(values.at(-1) as object), ...Object.fromEntries(functions), signal: call.signal }];
}
