import type { Trace } from "../browser/runtime/trace/trace.js";

export type {
  BeamNode, Choice, Gates, LayerState, Matrix, Trace, TraceStep, Vector,
} from "../browser/runtime/trace/trace.js";

const LISTS = ["target_tokens", "source_embeddings", "initial_state", "steps"] as const;

/**
 * The data as a trace.
 *
 * @throws TypeError where it is none, or one of another version; the message says which.
 */
export function readTrace(data: unknown): Trace {
  if (typeof data !== "object" || data === null) throw new TypeError("This is not a trace: an object was expected.");
  const found = data as Record<string, unknown>;
  if (found["schema_version"] !== 1) {
    throw new TypeError(`This trace has schema_version ${String(found["schema_version"])}; version 1 can be shown.`);
  }
  for (const name of LISTS) {
    if (!Array.isArray(found[name])) throw new TypeError(`This trace has no list "${name}".`);
  }
  for (const name of ["source", "encoder_states"]) {
    if (typeof found[name] !== "object" || found[name] === null) throw new TypeError(`This trace has no "${name}".`);
  }
  const trace = data as Trace;
  if (trace.target_tokens.length !== trace.steps.length) {
    throw new TypeError(`This trace has ${trace.target_tokens.length} target_tokens but ${trace.steps.length} steps.`);
  }
  return trace;
}
