import { describe, expect, it } from "vitest";
import { phasesOf } from "../../../mechanics/phases.js";
import { diagramOf, middleOf, wire, type NodeName } from "../../../mechanics/step-diagram.js";
import type { Trace } from "../../../mechanics/trace.js";

type Kind = Pick<Trace, "attend_order" | "context_use" | "readout">;
const KINDS: readonly Kind[] = (["after", "before", null] as const).flatMap((attend_order) =>
  (attend_order === null ? ["initial", "every_step", "both"] as const : [null, "input_feeding"] as const)
    .flatMap((context_use) => (["attention_vector", "deep", "state"] as const)
      .map((readout) => ({ attend_order, context_use, readout }))));

const into = (kind: Kind, to: NodeName): NodeName[] => diagramOf(kind).edges.filter((edge) => edge.to === to)
  .map(({ from }) => from).sort();

/** Points along a line as `wire` writes it: M x top V start C x bend end low end bottom. */
function points(path: string): [number, number][] {
  const [x, top, start, , bend, end, low, , bottom] = path.split(/[A-Z ]/).filter((part) => part !== "").map(Number) as
    [number, number, number, number, number, number, number, number, number];
  return Array.from({ length: 101 }, (_, place): [number, number] => {
    if (place < 50) return [x, top + (start - top) * (place / 50)];
    const t = (place - 50) / 50;
    const mix = (a: number, b: number, c: number, d: number): number =>
      a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t * t * (1 - t) + d * t ** 3;
    return [mix(x, x, end, end), mix(start, bend, low, bottom)];
  });
}

describe("one step as a drawing", () => {
  it.each(KINDS)("joins what there is, downwards, in phases that the model has: %o", (kind) => {
    const { nodes, edges } = diagramOf(kind);
    const place = new Map(nodes.map((node) => [node.name, node]));
    expect(place.size).toBe(nodes.length);
    const phases = phasesOf(kind);
    for (const { from, to, phase } of edges) {
      expect(place.get(from)!.row).toBeLessThan(place.get(to)!.row);
      expect(phases).toContain(phase);
      expect(phases.indexOf(place.get(from)!.phase)).toBeLessThanOrEqual(phases.indexOf(phase));
    }
    for (const { name, phase } of nodes) {
      expect(phases).toContain(phase);
      expect(edges.some(({ from, to }) => from === name || to === name)).toBe(true);
    }
  });

  it("asks with the new state after the cell, with the previous one before it", () => {
    expect(into({ attend_order: "after", context_use: null, readout: "attention_vector" }, "attention"))
      .toEqual(["memory", "state"]);
    const before = { attend_order: "before", context_use: null, readout: "deep" } as const;
    expect(into(before, "attention")).toEqual(["memory", "previousState"]);
    expect(into(before, "cell")).toEqual(["context", "embedding", "previousState"]);
    expect(into(before, "combine")).toEqual(["context", "embedding", "state"]);
  });

  it("feeds the previous attention vector where the model does", () => {
    const fed = { attend_order: "after", context_use: "input_feeding", readout: "attention_vector" } as const;
    expect(into(fed, "cell")).toEqual(["embedding", "previousState", "previousVector"]);
  });

  it("has no attention where the model has none", () => {
    const { nodes } = diagramOf({ attend_order: null, context_use: "initial", readout: "state" });
    expect(nodes.map(({ name }) => name)).toEqual(
      ["source", "embedding", "previousState", "cell", "state", "token"]);
    expect(into({ attend_order: null, context_use: "every_step", readout: "state" }, "cell")).toContain("context");
  });

  it("shows where the first state comes from, where it is all or a part of what the decoder gets", () => {
    const first = (context_use: Trace["context_use"]): NodeName[] =>
      into({ attend_order: null, context_use, readout: "state" }, "previousState");
    expect([first("initial"), first("both"), first("every_step")]).toEqual([["source"], ["source"], []]);
  });

  it.each(KINDS.filter(({ readout }) => readout === "deep"))(
    "leads the embedding to the readout on a line of its own that touches nothing: %o", (kind) => {
      const { columns, nodes, edges } = diagramOf(kind);
      const node = (name: NodeName) => nodes.find((one) => one.name === name)!;
      const { lane } = edges.find(({ from, to }) => from === "embedding" && to === "combine")!;
      for (const [full, row, gap] of [[362, 78, 10], [780, 80, 28]] as const) {
        const measures = { column: full / columns, row, box: Math.min(full / columns - gap, 230) };
        const line = points(wire(node("embedding"), node("combine"), measures, lane));
        const [beginning] = middleOf(node("embedding"), measures);
        expect(Math.abs(line[0]![0] - beginning)).toBeGreaterThan(20);
        for (const { name } of nodes) {
          if (name === "embedding" || name === "combine") continue;
          const [x, y] = middleOf(node(name), measures);
          for (const [left, top] of line) {
            const away = Math.abs(left - x) > measures.box / 2 + 4 || Math.abs(top - y) > row * 0.24;
            expect(away, `${name} at ${left} ${top}`).toBe(true);
          }
        }
      }
    });
});
