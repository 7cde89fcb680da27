/** What a user may ask to be changed in a run. Positions and steps count from 0. */
export interface Interventions {
  /** Writes `token` in a step, and goes on from there. */
  force: { readonly step: number; readonly token: string };
  /** Gives a step these weights over the source tokens, and goes on from there. */
  attention: { readonly step: number; readonly weights: readonly number[] };
  /** Takes the attention away from a source token. */
  mute: { readonly position: number };
  /** Puts `text` in the place of `word`, which the source token at `position` belongs to. */
  swap: { readonly position: number; readonly word: string; readonly text: string };
}

/** Passes a wish on to the page: the view has no model that could fulfil it. */
export type Ask = <Name extends keyof Interventions>(name: Name, detail: Interventions[Name]) => void;

/** The weights with another one at `position`; the others keep their proportions and the sum stays 1. */
export function withWeight(weights: readonly number[], position: number, weight: number): number[] {
  const others = weights.reduce((sum, value, index) => (index === position ? sum : sum + value), 0);
  const rest = 1 - weight;
  return weights.map((value, index) => {
    if (index === position) return weight;
    return others > 0 ? (value / others) * rest : rest / (weights.length - 1);
  });
}
