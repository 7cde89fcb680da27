/** A page that is not let in for longer looks stuck. */
const LONGEST_MS = 8;

/**
 * Lets the page draw and react while a search goes on, and stops it where a signal says so. It costs a turn of the
 * event loop, so it is taken after some time only, unless someone waits for it.
 */
export class Breath {
  private last = performance.now();
  private channel: MessageChannel | undefined;

  /** @param always - whether every step is waited for, by a listener or a signal. */
  constructor(private readonly signal?: AbortSignal, private readonly always = signal !== undefined) {}

  /** Throws the signal's reason once it is aborted. */
  async take(): Promise<void> {
    this.signal?.throwIfAborted();
    if (!this.always && performance.now() - this.last < LONGEST_MS) return;
    const channel = (this.channel ??= new MessageChannel());
    await new Promise<void>((resolve) => {
      channel.port1.onmessage = () => resolve();
      channel.port2.postMessage(undefined);
    });
    this.last = performance.now();
    this.signal?.throwIfAborted();
  }

  end(): void {
    this.channel?.port1.close();
  }
}
