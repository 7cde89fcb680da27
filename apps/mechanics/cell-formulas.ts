import type { Trace } from "./trace.js";

/** What each cell computes, in the order in which it does; "_z" stands for a small z below the line. */
export const CELL_FORMULAS: Readonly<Record<Trace["cell"], readonly string[]>> = {
  gru: ["r = σ(W_r x + U_r s)", "z = σ(W_z x + U_z s)", "g = tanh(W_g x + r · U_g s)", "s′ = z · s + (1 − z) · g"],
  lstm: ["f = σ(W_f x + U_f s)", "i = σ(W_i x + U_i s)", "g = tanh(W_g x + U_g s)", "c′ = f · c + i · g",
    "o = σ(W_o x + U_o s)", "s′ = o · tanh(c′)"],
  simple_rnn: ["s′ = tanh(W x + U s)"],
};

/** A formula in pieces, each with what stands below the line after it. */
export function pieces(formula: string): { readonly text: string; readonly below: string }[] {
  return [...formula.matchAll(/([^_]+)(?:_(.))?/gu)].map(([, text, below]) => ({ text: text!, below: below ?? "" }));
}
