import { describe, expect, it } from "vitest";
import { Sampling, type SamplingOptions } from "../../runtime/search/sampling.js";
import { RandomStream } from "../../runtime/search/random-stream.js";
import { Greedy } from "../../runtime/search/greedy.js";
import { Markov, sentence } from "./toys.js";

const KEYS = [0, 1, 2].map((key) => sentence({ key: Uint8Array.of(key) }));

async function sample(options: SamplingOptions, sentences = KEYS) {
  const toy = new Markov(sentences.length, options.samples);
  return (await new Sampling(options).find(toy, sentences)).map((all) => all.map(({ ids }) => ids));
}

describe("sampling", () => {
  it.each(Array.from({ length: 20 }, (_, seed) => seed))("takes the token that its number falls on, seed %i", async (seed) => {
    const toy = new Markov(3, 1);
    for (const [source, [ids]] of (await sample({ samples: 1, seed })).entries()) {
      const stream = new RandomStream([seed, 0, source]);
      const expected = ids!.map((_, i) => {
        const total = toy.tokens.map((id) => Math.exp(toy.read(source, [...ids!.slice(0, i), id]).logProbs[i]!));
        const number = stream.next() * total.reduce((sum, value) => sum + value, 0);
        let sum = 0;
        return toy.tokens[total.findIndex((value) => (sum += value) > number)];
      });
      expect(ids).toEqual(expected);
    }
  });

  it("gives the same for the same seed, another for another, whatever the batch", async () => {
    const all = await sample({ samples: 4 });
    expect((await sample({ samples: 4 }))).toEqual(all);
    expect((await sample({ samples: 2 })).map((some) => some)).toEqual(all.map((some) => some.slice(0, 2)));
    expect(await sample({ samples: 4 }, KEYS.slice(0, 1))).toEqual(all.slice(0, 1));
    expect(await sample({ samples: 4, seed: 1 })).not.toEqual(all);
  });

  it.each([{ topK: 1 }, { topP: 1e-6 }, { temperature: 0.001 }])("is greedy with %o", async (options) => {
    const greedy = await new Greedy().find(new Markov(3, 1), KEYS);
    const found = await sample({ samples: 2, ...options });
    expect(found).toEqual(greedy.map(([one]) => [one!.ids, one!.ids]));
  });

  it("draws among the most probable only", async () => {
    const few = await sample({ samples: 200, topK: 2 }, [sentence({ limit: 1 })]);
    const all = await sample({ samples: 200 }, [sentence({ limit: 1 })]);
    expect(new Set(few.flat(2)).size).toBe(2);
    expect(new Set(all.flat(2)).size).toBeGreaterThan(2);
    const nucleus = new Set((await sample({ samples: 200, topP: 0.6 }, [sentence({ limit: 1 })])).flat(2));
    expect(nucleus.size).toBeLessThan(new Set(all.flat(2)).size);
  });
});
