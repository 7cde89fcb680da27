import { describe, expect, it } from "vitest";
import { formatFragment, keepingOthers, parseFragment, speaksToView } from "../../../mechanics/fragment.js";
import { DEFAULTS, type ViewValues } from "../../../mechanics/view-state.js";

const PHASES = ["input", "cell", "scores", "weights", "context", "combine", "choose"] as const;

describe("the fragment", () => {
  it("leads back to all that it was written from", () => {
    const values: ViewValues = {
      ...DEFAULTS, view: "attention", moment: { part: "decoder", index: 3, phase: 2 }, speed: 2, temperature: 0.5,
      layer: 1, unit: 82, allUnits: true, words: true, covered: true, language: "zh", theme: "dark", present: true,
    };
    const fragment = formatFragment(values, "dates", "märz & 3 = #", PHASES);
    const asked = parseFragment(fragment);
    expect(asked).toMatchObject({ model: "dates", text: "märz & 3 = #", step: 4, at: "scores", read: null });
    const { moment: _, zoom: __, playing: ___, ...kept } = values;
    expect(asked.values).toEqual(kept);
  });

  it("names a source token that is being read, and the zoom of the run", () => {
    const fragment = formatFragment({ ...DEFAULTS, zoom: 2, moment: { part: "encoder", index: 4, phase: 0 } }, "m", null,
      PHASES);
    expect(parseFragment(fragment)).toMatchObject({ read: 5, step: null, text: null, values: { view: "run", zoom: 2 } });
  });

  it("that names no zoom shows the black box, which is to be opened", () => {
    expect(DEFAULTS.zoom).toBe(1);
    expect(parseFragment("#view=run&step=4").values.zoom).toBeUndefined();
  });

  it("is as short as a teacher would write it", () => {
    expect(parseFragment("#step=4&at=scores&view=attention&present=1")).toMatchObject(
      { step: 4, at: "scores", values: { view: "attention", present: true } });
  });

  it("leaves out what the view begins with, and says where it is otherwise", () => {
    const usual: ViewValues = { ...DEFAULTS, language: "zh", theme: "dark", present: true };
    const same = new URLSearchParams(formatFragment(usual, "m", null, PHASES, usual).slice(1));
    expect([...same.keys()].sort()).toEqual(["model", "read", "view", "zoom"]);
    const other = formatFragment(DEFAULTS, "m", null, PHASES, usual);
    expect(parseFragment(other).values).toMatchObject({ language: "en", theme: "auto", present: false });
  });

  it("of a page's own is none of the view's", () => {
    expect(["#", "#chapter-2", "#tab=look"].map(speaksToView)).toEqual([false, false, false]);
    expect(["#step=4", "#tab=look&covered=1"].map(speaksToView)).toEqual([true, true]);
  });

  it("leaves out what it cannot understand", () => {
    const asked = parseFragment("#view=nonsense&step=-3&zoom=9&speed=17&temperature=x&lang=tlh&theme=pink&layer=0&read=1.5");
    expect(asked).toEqual({ model: null, text: null, step: null, read: null, at: null, values: {} });
  });

  it("keeps what is none of the view's", () => {
    expect(keepingOthers("#tab=in%26side&model=old&view=cell", "#model=dates&view=run")).toBe("#tab=in%26side&model=dates&view=run");
    expect(keepingOthers("#a-heading", "#model=dates")).toBe("#model=dates");
    expect(keepingOthers("", "#model=dates")).toBe("#model=dates");
  });
});
