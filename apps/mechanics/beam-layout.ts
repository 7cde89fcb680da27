import type { BeamNode } from "./trace.js";

/** A hypothesis in the drawing of a beam: the node, and whether it lies on the way to the one that won. */
export interface BeamPlace { readonly node: BeamNode; readonly parent: BeamNode | null; readonly best: boolean }

/**
 * The beam as a tree. A hypothesis may end before the others, and then stands only where it ended; the one whose
 * tokens are `written` has won (the first such, where two spell the same).
 */
export function layOut(beam: readonly BeamNode[], written: readonly string[]): BeamPlace[] {
  const byPlace = new Map(beam.map((node) => [`${node.step}/${node.slot}`, node]));
  const parentOf = (node: BeamNode): BeamNode | null =>
    (node.parent === null ? null : byPlace.get(`${node.step - 1}/${node.parent}`) ?? null);
  const spelled = (node: BeamNode | null): string[] => (node === null ? [] : [...spelled(parentOf(node)), node.token]);
  const winner = beam.find((node) => node.step === written.length - 1
    && spelled(node).every((token, index) => token === written[index]));
  const best = new Set<BeamNode>();
  for (let node = winner ?? null; node !== null; node = parentOf(node)) best.add(node);
  return beam.map((node) => ({ node, parent: parentOf(node), best: best.has(node) }));
}
