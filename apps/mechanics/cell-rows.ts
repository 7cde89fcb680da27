import type { Gates, LayerState, TraceStep } from "./trace.js";

/** A vector of a cell's mechanics. */
export interface CellRow {
  /** The texts' name of it: a gate's name, "previousState", "newState", "previousCell" or "newCell". */
  readonly kind: string;
  readonly vector: readonly number[];
  readonly scale: "state" | "gate" | "unit" | "cell";
}

/** The vectors that make a layer's new state, in the order in which they are computed. */
export function cellRows(step: TraceStep, layer: number): CellRow[] {
  const [before, after] = [step.previous_state[layer]!, step.state[layer]!];
  const gates = step.gates?.[layer];
  const rows: CellRow[] = [{ kind: "previousState", vector: before.hidden, scale: "state" }];
  const gate = (kind: string): void => {
    rows.push({ kind, vector: gates![kind]!, scale: kind === "candidate" ? "unit" : "gate" });
  };
  if (gates !== undefined && before.cell !== null && after.cell !== null) {
    rows.push({ kind: "previousCell", vector: before.cell, scale: "cell" });
    ["forget", "input", "candidate"].forEach(gate);
    rows.push({ kind: "newCell", vector: after.cell, scale: "cell" });
    gate("output");
  } else if (gates !== undefined) {
    ["reset", "candidate", "update"].forEach(gate);
  }
  rows.push({ kind: "newState", vector: after.hidden, scale: "state" });
  return rows;
}

/** Numbers have six digits in a trace, so that an equation holds to about this much. */
const TOLERANCE = 2e-4;

/** One line of arithmetic, with its numbers: `terms` are products that add up to `result`. */
export interface Arithmetic {
  readonly name: "cell" | "hidden";
  readonly terms: readonly (readonly [number, number])[];
  readonly result: number;
}

/**
 * How the gates make one unit's new value. An equation that the trace's numbers do not fulfil is left out: with layer
 * normalization the cell shows something else than itself.
 */
export function arithmetic(unit: number, gates: Gates, before: LayerState, after: LayerState): Arithmetic[] {
  const value = (name: string): number => gates[name]![unit]!;
  const found: Arithmetic[] = [];
  if (before.cell !== null && after.cell !== null) {
    found.push({ name: "cell", terms: [[value("forget"), before.cell[unit]!], [value("input"), value("candidate")]],
      result: after.cell[unit]! });
    found.push({ name: "hidden", terms: [[value("output"), Math.tanh(after.cell[unit]!)]],
      result: after.hidden[unit]! });
  } else {
    const update = value("update");
    found.push({ name: "hidden", terms: [[update, before.hidden[unit]!], [1 - update, value("candidate")]],
      result: after.hidden[unit]! });
  }
  return found.filter(({ terms, result }) =>
    Math.abs(terms.reduce((sum, [a, b]) => sum + a * b, 0) - result) < TOLERANCE * Math.max(1, Math.abs(result)));
}
