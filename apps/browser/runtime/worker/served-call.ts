import type { Port, Reply } from "./messages.js";

/** A call under way in the worker: its signal, and its callbacks, whose functions live on the page. */
export class ServedCall {
  private readonly stop = new AbortController();
  private readonly unheard = new Map<number, { resolve: () => void; reject: (reason: unknown) => void }>();
  private events = 0;
  private last = Promise.resolve();

  constructor(private readonly id: number, private readonly port: Port<Reply>) {}

  get signal(): AbortSignal {
    return this.stop.signal;
  }

  /**
   * A function that stands for the page's: what it returns settles when the page's callback has for the event before. So
   * the worker is one event ahead of the page, and the way there and back costs no time.
   */
  callback(name: string): (value: unknown) => Promise<void> {
    return (value) => {
      const event = this.events++;
      const heard = new Promise<void>((resolve, reject) => {
        if (this.signal.aborted) reject(this.signal.reason as Error);
        else this.unheard.set(event, { resolve, reject });
      });
      // Not every caller waits for its callback.
      heard.catch(() => undefined);
      this.port.postMessage({ type: "event", id: this.id, event, callback: name, value });
      const before = this.last;
      this.last = heard;
      return before;
    };
  }

  /** Settles when the page has heard of everything. */
  allHeard(): Promise<void> {
    return this.last;
  }

  heard(event: number): void {
    this.unheard.get(event)?.resolve();
    this.unheard.delete(event);
  }

  abort(): void {
    this.stop.abort();
    for (const { reject } of this.unheard.values()) reject(this.signal.reason);
    this.unheard.clear();
  }
}
