import { UserError } from "../errors.js";
import { quoted } from "../quoted.js";
import { nearTokens } from "./near-tokens.js";

/** Rows that add up to 1 but for rounding errors stay as they are. */
const SURE = 1e-6;

/** Attention rows by step. */
export type Rows = Readonly<Record<number, ArrayLike<number>>>;

/**
 * The ids of target tokens by step.
 *
 * @param vocabulary - the token of each id.
 * @param neverWritten - ids that no step may have: padding and start.
 * @param prefixLength - how many steps a prefix takes already.
 */
export function checkedForce(
  force: Readonly<Record<number, string>> | undefined,
  vocabulary: readonly string[],
  neverWritten: readonly number[],
  prefixLength: number,
): Map<number, number> {
  const given = byStep("force", force);
  if (given.size === 0) return new Map();
  const ids = new Map(vocabulary.map((token, id) => [token, id]));
  for (const id of neverWritten) ids.delete(vocabulary[id]!);
  const found = new Map<number, number>();
  for (const [step, token] of given) {
    const id = typeof token === "string" ? ids.get(token) : undefined;
    if (id === undefined) {
      const near = typeof token === "string" ? nearTokens(token, ids.keys()) : [];
      throw new UserError(
        `${quoted(token)} is to be written in step ${step}`,
        "It should be a token of the target's vocabulary",
        near.length > 0 ? `Choose one such as ${near.map((one) => quoted(one)).join(", ")}`
          : "Choose one that traces and translations show among their tokens",
      );
    }
    if (step < prefixLength) {
      throw new UserError(`force names step ${step}, where the prefix says what is written`,
        `It should name steps from ${prefixLength} on`, "Change the prefix in its place");
    }
    found.set(step, id);
  }
  return found;
}

/**
 * Attention rows by step, (positions,) each, made to add up to 1.
 *
 * @param positions - the number of source positions.
 * @param sumsToLess - whether the attention's own rows may add up to less than 1: such rows stay as they are.
 */
export function checkedRows(rows: Rows | undefined, positions: number, sumsToLess: boolean): Map<number, Float32Array> {
  const found = new Map<number, Float32Array>();
  for (const [step, given] of byStep("attention", rows)) {
    const row = numbers(given);
    if (row?.length !== positions) {
      throw new UserError(
        `The attention row for step ${step} has ${row === undefined ? "something else than" : row.length} numbers`,
        `It should have ${positions}, one for each source token, the end token included`,
        "See source.tokens of the trace",
      );
    }
    if (row.some((value) => !Number.isFinite(value) || value < 0) || !row.some((value) => value > 0)) {
      throw new UserError(`The attention row for step ${step} is no set of weights`,
        "It should have finite numbers of at least 0, one of them above 0", "Mend the row");
    }
    found.set(step, Float32Array.from(ofOne(row, sumsToLess)));
  }
  return found;
}

/** Source positions to be muted, sorted; `tokens` is their number. */
export function checkedMute(mute: number | Iterable<number> | undefined, tokens: number): number[] {
  const found = new Set<number>();
  for (const place of listed(mute)) { // one by one: what is iterated may be endless
    if (!Number.isInteger(place) || place < 0 || place >= tokens) {
      throw new UserError(`Source position ${quoted(place)} is to be muted`,
        `It should be a whole number from 0 to ${tokens - 1}`, "See source.tokens of the trace");
    }
    found.add(place);
  }
  if (found.size === tokens) {
    throw new UserError("All source positions are to be muted", "One should be left to look at", "Mute fewer of them");
  }
  return [...found].sort((a, b) => a - b);
}

/** Refuses what cannot be done at the same time, or not with this model. */
export function checkTogether(
  rows: ReadonlyMap<number, Float32Array>,
  muted: readonly number[],
  attends: boolean,
): void {
  if ((rows.size > 0 || muted.length > 0) && !attends) {
    throw new UserError(
      "This model has no attention to change",
      "Without attention the source reaches the decoder as one vector, in which no token can be muted",
      "Use force or swap, or a model with attention",
    );
  }
  for (const [step, row] of rows) {
    if (muted.some((place) => row[place] !== 0)) {
      throw new UserError(`The attention row for step ${step} looks at a muted position`, "It should have 0 there",
        "Mute another position, or set its weight to 0");
    }
  }
}

function ofOne(row: readonly number[], sumsToLess: boolean): readonly number[] {
  const largest = Math.max(...row);
  const shares = row.map((value) => value / largest); // whose sum is no number too large
  const sum = shares.reduce((total, share) => total + share, 0);
  const total = largest * sum;
  const keep = Math.abs(total - 1) < SURE || (sumsToLess && total < 1);
  return keep ? row : shares.map((share) => share / sum);
}

function numbers(row: unknown): number[] | undefined {
  if (!Array.isArray(row) && !ArrayBuffer.isView(row)) return undefined;
  const list = Array.from(row as unknown as ArrayLike<unknown>);
  return list.every((value): value is number => typeof value === "number") ? list : undefined;
}

function byStep(name: string, given: object | undefined): Map<number, unknown> {
  if (given === undefined || given === null) return new Map();
  if (typeof given !== "object" || Array.isArray(given)) {
    throw new UserError(`${name} is ${quoted(given)}`, "It should be an object of steps",
      `Write for example ${name}: { 2: ... }`);
  }
  const entries: [unknown, unknown][] = given instanceof Map ? [...given] : Object.entries(given);
  return new Map(entries.map(([step, value]) => {
    if (!/^(0|[1-9]\d{0,14})$/.test(String(step))) {
      throw new UserError(`${name} names step ${quoted(step)}`, "It should name steps by whole numbers from 0 on",
        "Count the target's tokens from 0");
    }
    return [Number(step), value];
  }));
}

/** The positions, where one is given or several. */
function listed(mute: unknown): Iterable<number> {
  if (mute === undefined || mute === null) return [];
  const isMany = typeof mute === "object" && Symbol.iterator in mute;
  return (isMany ? mute : [mute]) as Iterable<number>;
}
