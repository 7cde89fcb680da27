import { UserError } from "../errors.js";
import { fromFailure } from "./failures.js";
import type { Method, Port, Reply, Request } from "./messages.js";

/** A call that the page waits for. */
interface Call {
  callbacks: Record<string, (value: unknown) => unknown>;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
  /** Settles when the last event has been heard: callbacks do not overtake each other. */
  heard: Promise<void>;
}

/** The page's end of the line to a worker: calls, their callbacks, signals and errors. */
export class Connection {
  private readonly calls = new Map<number, Call>();
  private nextId = 0;
  private ended: { reason: unknown } | undefined;

  constructor(private readonly port: Port<Request>) {
    port.addEventListener("message", ({ data }) => this.receive(data as Reply));
  }

  /**
   * Calls `method` over there. Functions among the options (the last of `values`) are called here, with a clone of what
   * they were called with there; the worker waits for a promise that they return, at most one event ahead. When the options' `signal` aborts or
   * a callback throws, the call rejects at once with that reason, and the worker is told to stop.
   */
  async call(method: Method, values: readonly unknown[]): Promise<unknown> {
    if (this.ended !== undefined) throw this.ended.reason;
    const { rest, callbacks, signal } = parts(values);
    signal?.throwIfAborted();
    const id = this.nextId++;
    const names = Object.keys(callbacks);
    const abortable = signal !== undefined || names.length > 0;
    const stop = (): void => this.stop(id, signal!.reason);
    try {
      return await new Promise((resolve, reject) => {
        this.calls.set(id, { callbacks, resolve, reject, heard: Promise.resolve() });
        signal?.addEventListener("abort", stop, { once: true });
        this.send({ type: "call", id, method, values: rest, callbacks: names, abortable }, method);
      });
    } finally {
      this.calls.delete(id);
      signal?.removeEventListener("abort", stop);
    }
  }

  /** Rejects what is under way, and every later call, with `reason`. The first reason counts. */
  end(reason: unknown): void {
    this.ended ??= { reason };
    for (const call of this.calls.values()) call.reject(this.ended.reason);
    this.calls.clear();
  }

  private receive(reply: Reply): void {
    if (reply.type === "ready") return;
    const call = this.calls.get(reply.id);
    if (call === undefined) return;
    switch (reply.type) {
      case "result":
        call.resolve(reply.value);
        return;
      case "failure":
        call.reject(fromFailure(reply.failure));
        return;
      case "event":
        call.heard = call.heard.then(() => this.hear(call, reply));
    }
  }

  private async hear(call: Call, { id, event, callback, value }: Extract<Reply, { type: "event" }>): Promise<void> {
    if (!this.calls.has(id)) return;
    try {
      await call.callbacks[callback]!(value);
      this.port.postMessage({ type: "heard", id, event });
    } catch (error) {
      this.stop(id, error);
    }
  }

  private stop(id: number, reason: unknown): void {
    const call = this.calls.get(id);
    if (call === undefined) return;
    this.calls.delete(id);
    call.reject(reason);
    this.port.postMessage({ type: "abort", id });
  }

  private send(request: Request, method: Method): void {
    try {
      this.port.postMessage(request);
    } catch {
      throw new UserError(`${method} was given something that cannot be sent to the model's worker`,
        "Texts and options are strings, numbers, lists and plain objects; functions stand among the options only",
        "Leave the other value out");
    }
  }
}

/** Takes the signal and the functions out of the options. */
function parts(values: readonly unknown[]): { rest: unknown[] } & Pick<Call, "callbacks"> & { signal?: AbortSignal } {
  const options = values.at(-1);
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    return { rest: [...values], callbacks: {} };
  }
  const { signal, ...others } = options as { signal?: AbortSignal };
  const entries = Object.entries(others);
  const isCallback = ([, value]: [string, unknown]): boolean => typeof value === "function";
  return {
    rest: [...values.slice(0, -1), Object.fromEntries(entries.filter((entry) => !isCallback(entry)))],
    callbacks: Object.fromEntries(entries.filter(isCallback)) as Call["callbacks"],
    ...(signal !== undefined && { signal }),
  };
}
