import { describe, expect, it } from "vitest";
import { ownValues } from "../../../mechanics/own-values.js";
import { DEFAULTS } from "../../../mechanics/view-state.js";

function element(attributes: Readonly<Record<string, string>>): Pick<Element, "getAttribute"> {
  return { getAttribute: (name: string) => attributes[name] ?? null };
}

describe("the values that an element begins with", () => {
  it("are the usual ones where it has no attributes", () => {
    expect(ownValues(element({}))).toEqual(DEFAULTS);
  });

  it("are its attributes' where it has them", () => {
    expect(ownValues(element({ lang: "zh-CN", theme: "dark", present: "", view: "cell" }))).toEqual(
      { ...DEFAULTS, language: "zh", theme: "dark", present: true, view: "cell" });
  });

  it("are the usual ones where attributes cannot be understood", () => {
    expect(ownValues(element({ lang: "tlh", theme: "pink", view: "nonsense" }))).toEqual(DEFAULTS);
  });
});
