import { BLOCKED, isNeverWritten } from "./constraints.js";

/** Above so many, sorting all takes less time than keeping the best in order. */
const FEW = 32;

/** Ids of the `number` largest that may be written, fewer where there are not as many; of equal ones the first. */
export function bestChoices(choices: Float32Array, number: number): number[] {
  return number <= FEW ? bestFew(choices, number) : bestMany(choices, number);
}

function bestFew(choices: Float32Array, number: number): number[] {
  const ids: number[] = [];
  let least = BLOCKED / 2;
  for (let id = 0; id < choices.length; id++) {
    const value = choices[id]!;
    if (!(value > least) || isNeverWritten(id)) continue;
    if (ids.length === number) ids.pop();
    let place = ids.length;
    while (place > 0 && choices[ids[place - 1]!]! < value) place--;
    ids.splice(place, 0, id);
    if (ids.length === number) least = choices[ids[number - 1]!]!;
  }
  return ids;
}

function bestMany(choices: Float32Array, number: number): number[] {
  const ids: number[] = [];
  choices.forEach((value, id) => value > BLOCKED / 2 && !isNeverWritten(id) && ids.push(id));
  return ids.sort((a, b) => choices[b]! - choices[a]! || a - b).slice(0, number);
}
