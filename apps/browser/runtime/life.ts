import { disposedError } from "./errors.js";
import { turns } from "./turns.js";

/** The time in which a model answers: calls take turns, and those under way end with it. */
export class Life {
  private readonly over = new AbortController();

  /**
   * Runs `task` in its turn, with `options` whose signal also aborts when the model is disposed. A task without signal
   * and callback does not look out for signals: it runs to its end, and rejects then.
   */
  async run<Options extends { signal?: AbortSignal; onToken?: unknown }, Result>(
    options: Options,
    task: (options: Options) => Promise<Result>,
  ): Promise<Result> {
    const { signal: over } = this.over;
    over.throwIfAborted();
    return turns.take(async () => {
      over.throwIfAborted();
      if (options.signal === undefined && options.onToken === undefined) {
        const result = await task(options);
        over.throwIfAborted();
        return result;
      }
      const { signal, release } = either(over, options.signal);
      try {
        return await task({ ...options, signal });
      } finally {
        release();
      }
    });
  }

  /** Ends it; `free` runs when nothing uses the weights any more. */
  end(free: () => Promise<void>): Promise<void> {
    this.over.abort(disposedError());
    return turns.take(free);
  }
}

/** A signal that aborts with the first of the two. (`AbortSignal.any` is younger than the browsers that run the rest.) */
function either(first: AbortSignal, second?: AbortSignal): { signal: AbortSignal; release: () => void } {
  const joined = new AbortController();
  const released = new AbortController();
  for (const source of [first, second]) {
    if (source?.aborted) joined.abort(source.reason);
    source?.addEventListener("abort", () => joined.abort(source.reason), { signal: released.signal });
  }
  return { signal: joined.signal, release: () => released.abort() };
}
