import type { SourceRow } from "../batch.js";
import type { Config } from "../formats.js";
import type { Hypothesis, RowListener } from "../translation.js";
import { breathe } from "./breathe.js";
import { Run, type StepGraphs, type Values } from "./run.js";

/** Greedy search with the loop here: a graph call a token, so tokens can be shown as they come and a run stopped. */
export class StepLoop {
  constructor(
    private readonly graphs: StepGraphs,
    private readonly config: Config,
  ) {}

  /** `onToken` hears of each token; `signal` stops the run between two tokens with its own reason. */
  async run(rows: readonly SourceRow[], onToken?: RowListener, signal?: AbortSignal): Promise<Hypothesis[]> {
    const found: Hypothesis[] = rows.map(() => ({ ids: [], tokenLogProbs: [], attention: [] }));
    const unfinished = new Set(rows.keys());
    rows.forEach((row, i) => row.limit === 0 && unfinished.delete(i));
    if (unfinished.size === 0) return found;
    const run = await Run.begin(this.graphs, this.config, rows);
    try {
      let tokens = new Int32Array(rows.length).fill(this.config.start_id);
      while (unfinished.size > 0) {
        await breathe(signal);
        const values = await run.step(tokens, REPORTED);
        tokens = Int32Array.from(values.next_token.data);
        for (const row of unfinished) {
          this.append(found[row]!, row, rows[row]!, values, run.sourceTime);
          await onToken?.(row, found[row]!);
          const ended = tokens[row] === this.config.end_id;
          if (ended || found[row]!.ids.length >= rows[row]!.limit) unfinished.delete(row);
        }
      }
    } finally {
      run.dispose();
    }
    return found;
  }

  private append(found: Hypothesis, row: number, source: SourceRow, values: StepValues, width: number): void {
    found.ids.push(values.next_token.data[row]!);
    found.tokenLogProbs.push(values.token_log_prob.data[row]!);
    found.attention.push(Array.from(values.weights.data.subarray(row * width, row * width + source.ids.length)));
  }
}

/** What one call of the step graph says about every row. */
type StepValues = Record<(typeof REPORTED)[number], Values>;

const REPORTED = ["next_token", "token_log_prob", "weights"] as const;
