import { UserError } from "../errors.js";
import { END_ID, UNKNOWN_ID } from "../ids.js";
import type { Tokenizer } from "../text/tokenizer.js";
import { Beam, type BeamNode } from "./beam.js";
import { Constraints } from "./constraints.js";
import { checkDecoding } from "./decoding-checks.js";
import { type Decided, type DecodingOptions, DEFAULTS } from "./decoding-options.js";
import { Greedy } from "./greedy.js";
import { Sampling } from "./sampling.js";
import type { Search } from "./search.js";

/** Checked options, and the search they make. */
export class Decoding {
  readonly options: Decided;

  /** Throws `UserError` for values out of range, and options that have no effect or contradict each other. */
  constructor(given: DecodingOptions = {}) {
    const { forbid, ...others } = known(given);
    this.options = {
      ...DEFAULTS, ...others,
      forbid: forbid === undefined ? DEFAULTS.forbid : typeof forbid === "string" ? [forbid] : forbid,
    };
    checkDecoding(this.options);
  }

  /** How many translations the search finds of each text. */
  get hypotheses(): number {
    return this.options.samples || this.options.beamSize;
  }

  /** Whether it is greedy search without anything: what the graph `decode` does. */
  get isPlain(): boolean {
    const { forbid, unknown, ...others } = this.options;
    const same = Object.entries(others).every(([name, value]) => value === DEFAULTS[name as keyof Decided]);
    return same && forbid.length === 0 && unknown !== "forbid";
  }

  /**
   * Throws `UserError` where a token of `forbid` is not in the target's vocabulary, or nothing is left to write.
   *
   * @param record - hears of every hypothesis that a beam keeps.
   */
  search(target: Tokenizer, record?: (node: BeamNode) => void): Search {
    const { samples, temperature, topK, topP, seed, beamSize, nBest, minimumBayesRisk, ...rest } = this.options;
    const { lengthNormalization, alpha, coveragePenalty, earlyStopping, noRepeatNgram, repetitionPenalty } = rest;
    const constraints = new Constraints(this.forbiddenIds(target), noRepeatNgram, repetitionPenalty);
    if (samples > 0) return new Sampling({ samples, temperature, topK, topP, seed, constraints });
    if (beamSize === 1) return new Greedy(constraints);
    // Where several are wanted all are: texts of different tokens may be the same, and leave a place to another.
    const wanted = minimumBayesRisk || nBest > 1 ? beamSize : 1;
    return new Beam({
      size: beamSize, nBest: wanted, lengthNormalization, alpha, coveragePenalty, earlyStopping, constraints,
      ...(record === undefined ? {} : { record }),
    });
  }

  private forbiddenIds({ vocabulary }: Tokenizer): number[] {
    const { forbid, unknown } = this.options;
    const ids = new Set(forbid.map((token) => {
      const id = token === "" ? -1 : vocabulary.indexOf(token);
      if (id > 0) return id;
      throw new UserError(`${JSON.stringify(token)} is to be forbidden`, "Expected a token of the target's vocabulary",
        'Forbid tokens as translations show them, for example "\u2581word" with SentencePiece');
    }));
    if (unknown === "forbid") ids.add(UNKNOWN_ID);
    if (vocabulary.every((_, id) => id <= END_ID || ids.has(id))) {
      throw new UserError("Every token is forbidden", "Expected some that may be written", "Forbid fewer tokens");
    }
    return [...ids].sort((a, b) => a - b);
  }
}

/** Without those that were not given; refuses names that are no option's. */
function known(given: DecodingOptions): DecodingOptions {
  const strange = Object.keys(given).find((name) => !Object.hasOwn(DEFAULTS, name));
  if (strange !== undefined) {
    throw new UserError(`There is no option ${strange}`, `Options are ${Object.keys(DEFAULTS).join(", ")}`,
      "Look for its name among these");
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
