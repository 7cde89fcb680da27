import { describe, expect, it } from "vitest";
import { Run } from "../../../mechanics/run.js";
import { modelNames, runNames } from "../../../mechanics/run-names.js";
import { textsIn } from "../../../mechanics/texts.js";
import { madeUp } from "./traces.js";

const run = (model: string, attends = true): Run => new Run(madeUp(["a"], ["b"], { model, ...(attends ? {}
  : { attend_order: null, context_use: "initial", score_formula: null }) }));
const names = (runs: Run[], labels: (string | null)[] = [null, null]): string[] => runNames(runs, labels, textsIn("en"));

describe("the names of two runs", () => {
  it("are the models' where these differ", () => {
    expect(names([run("a"), run("b", false)])).toEqual(["a", "b"]);
    expect(modelNames([run("a"), run("b")])).toBe("a · b");
  });

  it("say which has attention where only one has", () => {
    expect(names([run("a"), run("a", false)])).toEqual(["a, with attention", "a, without attention"]);
    expect(modelNames([run("a"), run("a", false)])).toBe("a");
  });

  it("are never the same", () => {
    expect(names([run("a"), run("a")])).toEqual(["a, 1", "a, 2"]);
  });

  it("are the page's own where it has some", () => {
    expect(names([run("a"), run("a")], ["before", "after"])).toEqual(["before", "after"]);
    expect(names([run("a"), run("a")], [null, "changed"])).toEqual(["a", "changed"]);
    expect(names([run("a")])).toEqual(["a"]);
  });
});
