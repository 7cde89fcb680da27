import type { Trace } from "./trace.js";

/** What happens within one step of the decoder, in the order in which the loaded model does it. */
export type Phase = "input" | "cell" | "scores" | "weights" | "context" | "combine" | "choose";

/** The phases of this trace's model. */
export function phasesOf(trace: Pick<Trace, "attend_order" | "context_use" | "readout">): readonly Phase[] {
  const combine: Phase[] = trace.readout === "state" ? [] : ["combine"];
  if (trace.attend_order === "after") return ["input", "cell", "scores", "weights", "context", ...combine, "choose"];
  if (trace.attend_order === "before") return ["input", "scores", "weights", "context", "cell", ...combine, "choose"];
  const context: Phase[] = trace.context_use === "initial" ? [] : ["context"];
  return ["input", ...context, "cell", ...combine, "choose"];
}
