import { describe, expect, it } from "vitest";
import { differences } from "../../runtime/trace/intervention.js";
import { likeness } from "../../runtime/trace/matching-blocks.js";
import { nearTokens } from "../../runtime/trace/near-tokens.js";

describe("what became of a run", () => {
  it.each([
    ["abcd", "abcd", [], []], ["abcd", "abxd", [2], [2]], ["abcd", "abd", [], [2]], ["abd", "abcd", [2], []],
    ["abc", "", [], [0, 1, 2]], ["", "ab", [0, 1], []], ["abcdef", "xbcdeyf", [0, 5], [0]],
    // Longest run first: with another order more would be in common.
    ["qabxcd", "abycdf", [2, 5], [0, 3]], ["abab", "ba", [], [0, 3]], ["aabb", "bbaa", [0, 1], [2, 3]],
  ])("%s to %s", (before, after, changed, removed) => {
    expect(differences([...before], [...after])).toEqual({ changed, removed });
  });

  it("compares whole tokens", () => {
    expect(differences(["ab", "c"], ["a", "bc"])).toEqual({ changed: [0, 1], removed: [0, 1] });
  });
});

describe("near tokens", () => {
  it("says how alike two are", () => {
    expect(likeness([..."abcd"], [..."bcde"])).toBe(0.75);
    expect(likeness([], [])).toBe(1);
  });

  it("names the three likest, the likest first", () => {
    const vocabulary = ["apple", "ape", "peach", "puppy", "appel", "x"];
    expect(nearTokens("appel", vocabulary)).toEqual(["appel", "apple", "ape"]);
    expect(nearTokens("12", ["1", "2", "3"])).toEqual(["2", "1"]);
    expect(nearTokens("zebra", ["1", ""])).toEqual([]);
  });
});
