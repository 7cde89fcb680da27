import { dispose, type NamedTensorMap, tensor1d, tensor2d, zeros } from "@tensorflow/tfjs-core";
import { pad, type SourceRow } from "./batch.js";
import type { Config } from "./formats.js";
import type { Graph } from "./graph.js";
import type { Hypothesis, RowListener } from "./translation.js";

/** What one call of the step graph says about every row. */
interface StepValues {
  tokens: ArrayLike<number>;
  logProbs: ArrayLike<number>;
  weights: ArrayLike<number>;
}

/** Greedy search with the loop here: a graph call a token, so tokens can be shown as they come and a run stopped. */
export class StepLoop {
  constructor(
    private readonly encode: Graph,
    private readonly step: Graph,
    private readonly config: Config,
  ) {}

  /** `onToken` hears of each token; `signal` stops the run between two tokens with its own reason. */
  async run(rows: readonly SourceRow[], onToken?: RowListener, signal?: AbortSignal): Promise<Hypothesis[]> {
    const found: Hypothesis[] = rows.map(() => ({ ids: [], tokenLogProbs: [], attention: [] }));
    const unfinished = new Set(rows.keys());
    rows.forEach((row, i) => row.limit === 0 && unfinished.delete(i));
    if (unfinished.size === 0) return found;
    const { ids, shape } = pad(rows, this.config.padding_id);
    const { memory, initial } = await this.encodeSource(ids, shape);
    let state = initial;
    try {
      let tokens: ArrayLike<number> = new Int32Array(rows.length).fill(this.config.start_id);
      while (unfinished.size > 0) {
        await breathe(signal);
        const previous = state;
        const [values, next] = await this.advance(tokens, previous, memory);
        state = next;
        disposeExcept(previous, next);
        for (const row of unfinished) {
          this.append(found[row]!, row, rows[row]!, values, shape[1]);
          await onToken?.(row, found[row]!);
          const ended = values.tokens[row] === this.config.end_id;
          if (ended || found[row]!.ids.length >= rows[row]!.limit) unfinished.delete(row);
        }
        tokens = values.tokens;
      }
    } finally {
      dispose(state);
      dispose(memory);
    }
    return found;
  }

  private async encodeSource(
    ids: Int32Array,
    shape: [number, number],
  ): Promise<{ memory: NamedTensorMap; initial: NamedTensorMap }> {
    const source = tensor2d(ids, shape, "int32");
    const names = [...this.config.memory, ...this.config.state];
    const outputs = await this.encode.runLoop({ source }, names).finally(() => source.dispose());
    const memory = {
      ...pick(outputs, this.config.memory),
      // No row's attention is overridden in a plain translation.
      attention_override: zeros(shape),
      use_override: zeros([shape[0]], "bool"),
    };
    return { memory, initial: pick(outputs, this.config.state) };
  }

  private async advance(
    tokens: ArrayLike<number>,
    state: NamedTensorMap,
    memory: NamedTensorMap,
  ): Promise<[StepValues, NamedTensorMap]> {
    const token = tensor1d(Int32Array.from(tokens), "int32");
    const outputs = this.step.run({ token, ...state, ...memory }, [...REPORTED, ...this.config.state]);
    token.dispose();
    const next = pick(outputs, this.config.state);
    const [ids, logProbs, weights] = await Promise.all(REPORTED.map((name) => outputs[name]!.data()));
    disposeExcept(pick(outputs, REPORTED), next);
    return [{ tokens: ids!, logProbs: logProbs!, weights: weights! }, next];
  }

  private append(found: Hypothesis, row: number, source: SourceRow, values: StepValues, width: number): void {
    const weights = Array.prototype.slice.call(values.weights, row * width, row * width + source.ids.length);
    found.ids.push(values.tokens[row]!);
    found.tokenLogProbs.push(values.logProbs[row]!);
    found.attention.push(weights as number[]);
  }
}

const REPORTED = ["next_token", "token_log_prob", "weights"] as const;

function pick(tensors: NamedTensorMap, names: readonly string[]): NamedTensorMap {
  return Object.fromEntries(names.map((name) => [name, tensors[name]!]));
}

/** A graph may hand a tensor through unchanged: what lives on in `kept` stays. */
function disposeExcept(tensors: NamedTensorMap, kept: NamedTensorMap): void {
  const keptTensors = new Set(Object.values(kept));
  for (const tensor of Object.values(tensors)) if (!keptTensors.has(tensor)) tensor.dispose();
}

/** Lets the page draw and react between tokens. */
async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
  signal?.throwIfAborted();
}
