import { describe, expect, it } from "vitest";
import { UserError } from "../../runtime/errors.js";
import { Beam } from "../../runtime/search/beam.js";
import { Decoding } from "../../runtime/search/decoding.js";
import { type DecodingOptions, DEFAULTS } from "../../runtime/search/decoding-options.js";
import { Greedy } from "../../runtime/search/greedy.js";
import { lengthsOf } from "../../runtime/search/length-limits.js";
import { Sampling } from "../../runtime/search/sampling.js";
import { createTokenizer } from "../../runtime/text/create.js";

const TARGET = createTokenizer({
  type: "character",
  normalization: { unicode: "NFC", spaces: " ", lowercase: false, lowercase_map: {} },
  vocabulary: ["", "<unk>", "<s>", "</s>", "a", "b"],
});

describe("the options of a translation", () => {
  it.each<[DecodingOptions, unknown, number]>([
    [{}, Greedy, 1], [{ beamSize: 1, noRepeatNgram: 2 }, Greedy, 1], [{ beamSize: 4, nBest: 2 }, Beam, 4],
    [{ samples: 3, seed: 5 }, Sampling, 3], [{ beamSize: undefined, maxLength: null }, Greedy, 1],
  ])("%o make a search", (options, kind, hypotheses) => {
    const decoding = new Decoding(options);
    expect(decoding.search(TARGET)).toBeInstanceOf(kind);
    expect(decoding.hypotheses).toBe(hypotheses);
  });

  it.each<[DecodingOptions, RegExp]>([
    [{ beamSize: 0 }, /^beamSize: 0\. Expected a whole number from 1 to 1,000\. Use 1\.$/],
    [{ beamSize: 1001 }, /Use 1000\.$/],
    [{ beamSize: 2.5 }, /whole number/],
    [{ beamSize: "5" as unknown as number }, /^beamSize: "5"\. Expected a number\. Leave beamSize out/],
    [{ beamSize: 2, nBest: 3 }, /^nBest: 3 of 2\. Expected no more than the beam or the samples give\. Use beamSize: 3\./],
    [{ nBest: 2 }, /nBest: 2 of 1/],
    [{ samples: 2, beamSize: 2 }, /samples: 2 with beamSize: 2/],
    [{ seed: 3 }, /^seed without samples\. Expected both, or neither\. Add samples: 1, or leave seed out\.$/],
    [{ alpha: 0.5 }, /alpha without beamSize/],
    [{ beamSize: 2, alpha: -1 }, /alpha: -1\. Expected a number of at least 0/],
    [{ beamSize: 2, alpha: NaN }, /alpha: NaN/],
    [{ beamSize: 2, alpha: 0.5, lengthNormalization: "none" }, /with lengthNormalization: "none"/],
    [{ beamSize: 2, lengthNormalization: "sum" as "none" }, /^lengthNormalization: "sum"\. Expected one of mean, gnmt, none/],
    [{ samples: 1, temperature: 0 }, /from 0.001 to 100\. Use 1/],
    [{ samples: 1, topP: 0 }, /topP: 0/],
    [{ samples: 1, topK: -1 }, /whole number from 0 on\. Use 0/],
    [{ samples: 1, seed: 2 ** 60 }, /seed/],
    [{ minLength: 5, maxLength: 5 }, /^minLength: 5 with maxLength: 5\. Expected a smaller minimum/],
    [{ maxLength: 0 }, /maxLength: 0/],
    [{ maxLengthRatio: 0 }, /maxLengthRatio: 0/],
    [{ repetitionPenalty: 0.5 }, /at least 1/],
    [{ earlyStopping: 1 as unknown as boolean }, /earlyStopping: 1\. Expected one of true, false/],
    [{ unknown: "drop" as "keep" }, /keep, forbid, replace/],
    [{ minimumBayesRisk: true }, /Add samples: 16/],
    [{ forbid: [3] as unknown as string[] }, /forbid/],
    [{ beam_size: 3 } as DecodingOptions, /^There is no option beam_size\. Options are beamSize, /],
  ])("refuse %o", (options, message) => {
    expect(() => new Decoding(options)).toThrow(UserError);
    expect(() => new Decoding(options)).toThrow(message);
  });

  it("refuse tokens that the vocabulary has not, and to forbid everything", () => {
    expect(() => new Decoding({ forbid: "c" }).search(TARGET)).toThrow(/^"c" is to be forbidden/);
    expect(() => new Decoding({ forbid: "" }).search(TARGET)).toThrow(/^"" is to be forbidden/);
    expect(() => new Decoding({ forbid: ["a", "b"] }).search(TARGET)).toThrow(/Every token is forbidden/);
    expect(() => new Decoding({ forbid: ["a"] }).search(TARGET)).not.toThrow();
  });

  it("are plain where they change nothing about greedy search", () => {
    expect(new Decoding({ beamSize: 1, unknown: "replace", forbid: [] }).isPlain).toBe(true);
    for (const options of [{ beamSize: 2 }, { unknown: "forbid" }, { forbid: "a" }, { maxLength: 3 }] as const) {
      expect(new Decoding(options).isPlain).toBe(false);
    }
  });
});

describe("length limits", () => {
  const rule = { factor: 2, offset: 3, maximum: 20 };
  const of = (tokens: number, options: DecodingOptions = {}, prefix?: number) =>
    lengthsOf(tokens, prefix, { ...DEFAULTS, ...options } as typeof DEFAULTS, rule);

  it("are the model's own unless others are given", () => {
    expect(of(4)).toEqual({ limit: 11, minimum: 0 });
    expect(of(40).limit).toBe(20);
    expect(of(4, { maxLength: 50 }).limit).toBe(50);
    expect(of(4, { maxLengthRatio: 1.5 }).limit).toBe(6);
    expect(of(4, { maxLengthRatio: 0.1 }).limit).toBe(1);
  });

  it("leave room for what follows a prefix, as far as the maximum allows", () => {
    expect(of(4, {}, 5).limit).toBe(16);
    expect(of(4, {}, 15).limit).toBe(20);
    expect(of(4, { maxLength: 12 }, 5).limit).toBe(12);
  });

  it("keep the minimum below the limit", () => {
    expect(of(4, { minLength: 3, minLengthRatio: 2 }).minimum).toBe(8);
    expect(of(4, { minLength: 30 }).minimum).toBe(10);
    expect(of(0, { minLength: 3 }, 4)).toEqual({ limit: 0, minimum: 0 });
  });
});
