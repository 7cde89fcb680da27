import { describe, expect, it } from "vitest";
import { phasesOf } from "../../../mechanics/phases.js";
import { diagramOf, type NodeName } from "../../../mechanics/step-diagram.js";
import type { Trace } from "../../../mechanics/trace.js";

type Kind = Pick<Trace, "attend_order" | "context_use" | "readout">;
const KINDS: readonly Kind[] = (["after", "before", null] as const).flatMap((attend_order) =>
  (attend_order === null ? ["initial", "every_step", "both"] as const : [null, "input_feeding"] as const)
    .flatMap((context_use) => (["attention_vector", "deep", "state"] as const)
      .map((readout) => ({ attend_order, context_use, readout }))));

const into = (kind: Kind, to: NodeName): NodeName[] => diagramOf(kind).edges.filter((edge) => edge.to === to)
  .map(({ from }) => from).sort();

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
    expect(nodes.map(({ name }) => name)).toEqual(["embedding", "previousState", "cell", "state", "token"]);
    expect(into({ attend_order: null, context_use: "every_step", readout: "state" }, "cell")).toContain("context");
  });
});
