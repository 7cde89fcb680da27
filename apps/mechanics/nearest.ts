import type { Run } from "./run.js";
import type { Vector } from "./trace.js";

export interface Near { readonly token: string; readonly similarity: number }

/** A list of tokens near an embedding, nearest first: from a page that has a model's whole vocabulary. */
export type Nearest = (embedding: Vector, side: "source" | "target") => Promise<readonly Near[]>;

/** The cosine of the angle between two vectors; 0 where one of them is 0. */
export function cosine(a: Vector, b: Vector): number {
  let [product, one, other] = [0, 0, 0];
  a.forEach((value, index) => {
    product += value * b[index]!;
    one += value * value;
    other += b[index]! * b[index]!;
  });
  return one > 0 && other > 0 ? product / Math.sqrt(one * other) : 0;
}

/**
 * The other tokens of this run's sentence with similar embeddings, nearest first, each once: of the target's those that
 * have come in before step `steps`, for what is still to come is not told.
 */
export function nearestHere(run: Run, side: "source" | "target", token: string, embedding: Vector, most: number,
  steps = Infinity): Near[] {
  const known = new Map<string, Vector>();
  if (side === "source") run.sourceTokens.forEach((name, index) => known.set(name, run.trace.source_embeddings[index]!));
  else for (const step of run.trace.steps.slice(0, steps)) known.set(step.input_token, step.input_embedding);
  known.delete(token);
  return [...known].map(([name, vector]) => ({ token: name, similarity: cosine(embedding, vector) }))
    .filter(({ similarity }) => similarity > 0).sort((a, b) => b.similarity - a.similarity).slice(0, most);
}
