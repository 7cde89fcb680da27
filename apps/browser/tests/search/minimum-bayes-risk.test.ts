import { expect, it } from "vitest";
import { CharacterFScore } from "../../runtime/search/character-f-score.js";
import { minimumBayesRisk } from "../../runtime/search/minimum-bayes-risk.js";

it("ranks texts by how much they agree", () => {
  const { order, expected } = minimumBayesRisk(["the cat", "a cat", "the cat", "xyz"]);
  expect(order).toEqual([0, 2, 1, 3]);
  expect(expected.map(Math.round)).toEqual([61, 41, 61, 25]);
});

it("gives a text without characters nothing, also with itself", () => {
  expect(minimumBayesRisk(["", " "])).toEqual({ order: [0, 1], expected: [0, 0] });
  expect(new CharacterFScore("a\u0085\u3000b").of("ab")).toBe(100);
});
