import type { Run } from "./run.js";
import type { Texts } from "./texts.js";

/**
 * What to call the runs that are shown: as the page has labelled them, else by their models' names; where these are the
 * same, by whether they have attention, which is what two runs are mostly compared for, else by number.
 */
export function runNames(runs: readonly Run[], labels: readonly (string | null)[], texts: Texts): string[] {
  const names = runs.map((run, index) => labels[index] ?? run.trace.model);
  if (new Set(names).size === names.length) return names;
  const differ = new Set(runs.map(({ attends }) => attends)).size > 1;
  return runs.map((run, index) => labels[index] ?? `${run.trace.model}, ${differ
    ? run.attends ? texts.withAttention : texts.withoutAttention : String(index + 1)}`);
}

/** The name of the model, or of both where they are two. */
export function modelNames(runs: readonly Run[]): string {
  return [...new Set(runs.map(({ trace }) => trace.model))].join(" · ");
}
