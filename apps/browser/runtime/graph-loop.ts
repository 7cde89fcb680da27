import { pad, type SourceRow } from "./batch.js";
import type { Config } from "./formats.js";
import type { Graph } from "./graph/graph.js";
import { HostValue } from "./graph/host-value.js";
import { hypothesis } from "./search/path.js";
import type { Hypothesis } from "./search/search.js";

const OUTPUTS = ["ids", "token_log_probs", "attention"] as const;

/** Greedy search with the whole loop in the graph: one call, the answer at the end. */
export async function graphLoop(decode: Graph, rows: readonly SourceRow[], config: Config): Promise<Hypothesis[]> {
  const { ids, shape } = pad(rows, config.padding_id);
  const outputs = decode.run({ source: HostValue.of("int32", shape, ids) }, OUTPUTS);
  const steps = outputs.ids.shape[1]!;
  const [targets, logProbs, weights] = await Promise.all(OUTPUTS.map((name) => decode.device.read(outputs[name])))
    .finally(() => {
      decode.device.freeUploads();
      for (const value of Object.values(outputs)) value.release();
    });
  return rows.map((row, i) => {
    const first = i * steps;
    const found = Array.from(targets!.subarray(first, first + Math.min(steps, row.limit)));
    const end = found.indexOf(config.end_id);
    const length = end === -1 ? found.length : end + 1;
    const weightsOf = (step: number): number[] => {
      const start = (first + step) * shape[1];
      return Array.from(weights!.subarray(start, start + row.ids.length));
    };
    return hypothesis(
      found.slice(0, length),
      Array.from(logProbs!.subarray(first, first + length)),
      Array.from({ length }, (_, step) => weightsOf(step)),
    );
  });
}
