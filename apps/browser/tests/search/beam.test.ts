import { describe, expect, it } from "vitest";
import { Beam, type BeamNode, type BeamOptions } from "../../runtime/search/beam.js";
import { Constraints } from "../../runtime/search/constraints.js";
import { Greedy } from "../../runtime/search/greedy.js";
import { lengthDivisor } from "../../runtime/search/length-normalization.js";
import type { Sentence } from "../../runtime/search/search.js";
import { END_ID } from "../../runtime/ids.js";
import { Markov, sentence } from "./toys.js";

const LIMIT = 4;
const SENTENCES = [0, 1, 2].map(() => sentence({ limit: LIMIT }));
const NORMALIZATIONS = [
  { lengthNormalization: "mean", alpha: 0.5 }, { lengthNormalization: "mean" },
  { lengthNormalization: "gnmt", alpha: 0.6 }, { lengthNormalization: "none" }, { coveragePenalty: 0.3 },
] as const;

async function search(options: BeamOptions, sentences: readonly Sentence[] = SENTENCES, seed = 1) {
  const toy = new Markov(sentences.length, options.size, 6, seed);
  return { toy, found: await new Beam(options).find(toy, sentences) };
}

function score(toy: Markov, source: number, target: readonly number[], options: Partial<BeamOptions>): number {
  const { lengthNormalization = "mean", alpha = 1, coveragePenalty = 0 } = options;
  const { logProbs, attention } = toy.read(source, target);
  const coverage = [0, 1, 2].map((i) => Math.min(1, attention.reduce((sum, row) => sum + row[i]!, 0)));
  return logProbs.reduce((sum, value) => sum + value, 0) / lengthDivisor(lengthNormalization, alpha, target.length)
    + coveragePenalty * coverage.reduce((sum, value) => sum + Math.log(value), 0);
}

describe("a beam", () => {
  it.each(NORMALIZATIONS)("with room for all ranks like an exhaustive search: %o", async (options) => {
    const { toy, found } = await search({ size: 4 ** LIMIT, earlyStopping: false, ...options });
    const all = toy.everyTarget(LIMIT);
    for (const source of [0, 1, 2]) {
      const expected = [...all].sort((a, b) => score(toy, source, b, options) - score(toy, source, a, options));
      expect(found[source]!.map(({ ids }) => ids)).toEqual(expected);
      found[source]!.forEach((one) => expect(one.score).toBeCloseTo(score(toy, source, one.ids, options), 5));
    }
  });

  it.each([1, 2, 3, 7])("of %i is that of its definition", async (size) => {
    const sentences = [0, 1, 2, 3].map(() => sentence());
    const { toy, found } = await search({ size, earlyStopping: false }, sentences, size);
    for (const source of sentences.keys()) {
      let kept: number[][] = [[]];
      for (let step = 0; step < 6; step++) {
        const ended = kept.filter((target) => target.at(-1) === END_ID);
        const open = kept.filter((target) => target.at(-1) !== END_ID);
        const longer = open.flatMap((target) => toy.tokens.map((id) => [...target, id]));
        kept = [...ended, ...longer].sort((a, b) => score(toy, source, b, {}) - score(toy, source, a, {})).slice(0, size);
      }
      expect(found[source]!.map(({ ids }) => ids)).toEqual(kept);
    }
  });

  it("tells what each hypothesis looked at", async () => {
    const { toy, found } = await search({ size: 6, earlyStopping: false });
    for (const [source, hypotheses] of found.entries()) {
      for (const one of hypotheses) {
        const { logProbs, attention } = toy.read(source, one.ids);
        expect(one.attention).toEqual(attention);
        expect(one.tokenLogProbs).toEqual(logProbs);
      }
    }
  });

  it.each<[Partial<BeamOptions>, Partial<Sentence>]>([
    [{}, {}], [{ lengthNormalization: "gnmt" }, {}], [{}, { minimum: 3 }], [{}, { prefix: [5, 4] }],
    [{ constraints: new Constraints([4], 2) }, {}], [{ constraints: new Constraints([], 0, 1.7) }, {}],
  ])("of one is greedy: %o %o", async (options, changes) => {
    const sentences = [8, 5, 9, 7].map((limit) => sentence({ limit, ...changes }));
    const { found } = await search({ size: 1, ...options }, sentences, 3);
    const greedy = await new Greedy(options.constraints).find(new Markov(4, 1, 6, 3), sentences);
    const plain = (all: typeof found) => all.map(([one]) => ({ ...one, score: 0 }));
    expect(plain(found)).toEqual(plain(greedy));
  });

  it.each(NORMALIZATIONS)("that stops early finds what it would have found: %o", async (options) => {
    for (let seed = 1; seed < 8; seed++) {
      const all = await search({ size: 4, nBest: 2, earlyStopping: false, ...options }, SENTENCES, seed);
      const early = await search({ size: 4, nBest: 2, ...options }, SENTENCES, seed);
      const two = ({ found }: typeof all) => found.map((hypotheses) => hypotheses.slice(0, 2));
      expect(two(early)).toEqual(two(all));
    }
  });

  it("keeps those that have ended first among equals, then the lower slot, then the lower id", async () => {
    const uniform = {
      sourceTime: 3,
      step: async (tokens: Int32Array) => {
        const log_probs = { data: new Float32Array(tokens.length * 6).fill(-1.5), shape: [tokens.length, 6] };
        return { log_probs, weights: { data: new Float32Array(tokens.length * 3), shape: [tokens.length, 3] } };
      },
      reorder: () => undefined,
    } as unknown as Markov;
    const found = await new Beam({ size: 3, earlyStopping: false }).find(uniform, [sentence({ limit: 3 })]);
    expect(found[0]!.map(({ ids }) => ids)).toEqual([[END_ID], [1, END_ID], [1, 1, 1]]);
  });

  it("takes fewer steps where it stops early", async () => {
    const steps = async (earlyStopping: boolean) => {
      const one = [sentence({ limit: 60 })];
      return (await search({ size: 3, lengthNormalization: "none", earlyStopping }, one)).toy.calls;
    };
    expect(await steps(true)).toBeLessThan(await steps(false));
  });

  it("of an empty source has one hypothesis without tokens", async () => {
    const { found, toy } = await search({ size: 3 }, [sentence({ limit: 0 })]);
    expect(found).toEqual([[{ ids: [], tokenLogProbs: [], attention: [], logProb: 0, score: 0 }]]);
    expect(toy.calls).toBe(0);
  });

  it("tells of every hypothesis that it kept", async () => {
    const nodes: BeamNode[] = [];
    const { found } = await search({ size: 3, earlyStopping: false, record: (node) => nodes.push(node) });
    const finished = nodes.filter((node) => node.finished && node.sentence === 1);
    expect(nodes.filter(({ step }) => step === 0).every(({ parent }) => parent === null)).toBe(true);
    for (const { score } of found[1]!) expect(finished.map((node) => node.score)).toContain(score);
  });
});
