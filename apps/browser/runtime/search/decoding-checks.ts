import { UserError } from "../errors.js";
import { type Decided, DEFAULTS } from "./decoding-options.js";
import { LENGTH_NORMALIZATIONS } from "./length-normalization.js";

type Name = keyof Decided;

/** Whole numbers, least and most: beyond, memory would run out, or the search would be endless. */
const WHOLE: Partial<Record<Name, readonly [number, number]>> = {
  beamSize: [1, 1000], nBest: [1, 1000], samples: [0, 1000], topK: [0, Number.MAX_SAFE_INTEGER],
  seed: [0, Number.MAX_SAFE_INTEGER], minLength: [0, 10_000], maxLength: [1, 10_000], noRepeatNgram: [0, 100],
};

/** Other numbers: what they may be, and what is said of it. */
const NUMBERS: Partial<Record<Name, readonly [(value: number) => boolean, string, string]>> = {
  alpha: [(value) => value >= 0, "a number of at least 0", "use 0 for none"],
  coveragePenalty: [(value) => value >= 0, "a number of at least 0", "use 0 for none"],
  temperature: [(value) => value >= 0.001 && value <= 100, "a number from 0.001 to 100",
    "use 1 for the model's own distribution, or greedy search in place of 0"],
  topP: [(value) => value > 0 && value <= 1, "a number above 0, at most 1", "use 1 for all tokens"],
  minLengthRatio: [(value) => value >= 0, "a number of at least 0", "leave minLengthRatio out for no such limit"],
  maxLengthRatio: [(value) => value > 0, "a number above 0", "leave maxLengthRatio out for no such limit"],
  repetitionPenalty: [(value) => value >= 1, "a number of at least 1", "use 1 for no penalty"],
};

const CHOICES: Partial<Record<Name, readonly unknown[]>> = {
  lengthNormalization: LENGTH_NORMALIZATIONS, unknown: ["keep", "forbid", "replace"],
  earlyStopping: [true, false], minimumBayesRisk: [true, false],
};

/** Options that do nothing without another. */
const NEEDED: readonly (readonly [readonly Name[], Name, string])[] = [
  [["seed", "temperature", "topK", "topP"], "samples", "samples: 1"],
  [["alpha", "coveragePenalty", "earlyStopping", "lengthNormalization"], "beamSize", "beamSize: 5"],
];

/** Throws a `UserError` for values out of range, and options that have no effect or contradict each other. */
export function checkDecoding(options: Decided): void {
  for (const name of Object.keys(DEFAULTS) as Name[]) checkValue(name, options[name]);
  checkLengths(options);
  const changed = (name: Name): boolean => options[name] !== DEFAULTS[name];
  for (const [names, needed, addition] of NEEDED) {
    const useless = names.find(changed);
    if (useless !== undefined && !changed(needed)) {
      refuse(`${useless} without ${needed}`, "both, or neither", `add ${addition}, or leave ${useless} out`);
    }
  }
  const { beamSize, samples, nBest, alpha, lengthNormalization, minimumBayesRisk } = options;
  if (lengthNormalization === "none" && changed("alpha")) {
    refuse(`alpha: ${alpha} with lengthNormalization: "none"`, "a normalisation for it", "leave one out");
  }
  if (changed("samples") && changed("beamSize")) {
    refuse(`samples: ${samples} with beamSize: ${beamSize}`, "one of them", "leave one out");
  }
  if (nBest > (samples || beamSize)) {
    refuse(`nBest: ${nBest} of ${samples || beamSize}`, "no more than the beam or the samples give",
      `use beamSize: ${nBest}`);
  }
  if (minimumBayesRisk && (samples || beamSize) < 2) {
    refuse("minimumBayesRisk with one translation", "several to choose from", "add samples: 16, or beamSize: 5");
  }
}

function checkValue(name: Name, value: unknown): void {
  if (name === "forbid") {
    if (!Array.isArray(value) || value.some((token) => typeof token !== "string")) {
      refuse(`forbid: ${shown(value)}`, "target tokens, as strings", "leave forbid out for none");
    }
    return;
  }
  const choices = CHOICES[name];
  if (choices !== undefined) {
    if (!choices.includes(value)) {
      refuse(`${name}: ${shown(value)}`, `one of ${choices.join(", ")}`, "choose one of these");
    }
    return;
  }
  if (value === null && DEFAULTS[name] === null) return;
  if (typeof value !== "number") refuse(`${name}: ${shown(value)}`, "a number", `leave ${name} out for the default`);
  checkNumber(name, value);
}

function checkNumber(name: Name, value: number): void {
  const range = WHOLE[name];
  if (range !== undefined) {
    const [least, most] = range;
    if (Number.isInteger(value) && value >= least && value <= most) return;
    const to = most < Number.MAX_SAFE_INTEGER ? ` to ${most.toLocaleString("en")}` : " on";
    refuse(`${name}: ${value}`, `a whole number from ${least}${to}`, `use ${value > most ? most : least}`);
  }
  const [isAllowed, expected, fix] = NUMBERS[name]!;
  if (!Number.isFinite(value) || !isAllowed(value)) refuse(`${name}: ${value}`, expected, fix);
}

function checkLengths(options: Decided): void {
  for (const [lower, upper] of [["minLength", "maxLength"], ["minLengthRatio", "maxLengthRatio"]] as const) {
    const [least, most] = [options[lower], options[upper]];
    if (most !== null && least > 0 && least >= most) {
      refuse(`${lower}: ${least} with ${upper}: ${most}`,
        "a smaller minimum: the maximum counts the end token, too", `raise ${upper} or lower ${lower}`);
    }
  }
}

function refuse(given: string, expected: string, fix: string): never {
  throw new UserError(given, `Expected ${expected}`, fix.charAt(0).toUpperCase() + fix.slice(1));
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 80)}...` : text;
}
