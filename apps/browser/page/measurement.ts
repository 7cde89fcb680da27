import { type BackendName, load } from "./runtime.js";

/** How fast a backend translates one text here. Times in milliseconds. */
export interface Measurement {
  /** Until the first translation is there, loading included. */
  ready: number;
  /** Medians over the runs. */
  first: number;
  whole: number;
  fastest: number;
  slowest: number;
  tokensPerSecond: number;
}

/**
 * Loads the model on a backend of its own, translates once to warm up and then `runs` times.
 *
 * Throws what `load` and `translate` throw, the signal's reason included.
 */
export async function measure(
  path: string, backend: BackendName, text: string, runs: number, signal: AbortSignal, onRun: (run: number) => void,
): Promise<Measurement> {
  const began = performance.now();
  const model = await load(path, { backend, signal });
  try {
    await model.translate(text, { signal });
    const ready = performance.now() - began;
    const firsts: number[] = [];
    const wholes: number[] = [];
    let tokens = 0;
    for (let run = 1; run <= runs; run++) {
      onRun(run);
      const start = performance.now();
      let first: number | undefined;
      const onToken = (): void => { first ??= performance.now() - start; };
      const found = await model.translate(text, { signal, onToken });
      const whole = performance.now() - start;
      wholes.push(whole);
      firsts.push(first ?? whole);
      tokens = found.tokens.length;
    }
    const whole = median(wholes);
    return { ready, first: median(firsts), whole, fastest: Math.min(...wholes), slowest: Math.max(...wholes),
      tokensPerSecond: tokens / (whole / 1000) };
  } finally {
    await model.dispose();
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
