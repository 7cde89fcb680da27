import { expect, it } from "vitest";
import { RandomStream } from "../../runtime/search/random-stream.js";
import streams from "./random-streams.json";

it.each(streams)("draws what NumPy draws from the seed $seed", ({ seed, numbers }) => {
  const stream = new RandomStream(seed);
  expect(numbers.map(() => stream.next())).toEqual(numbers);
});
