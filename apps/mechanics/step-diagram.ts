import type { Phase } from "./phases.js";
import type { Trace } from "./trace.js";

export type NodeName = "source" | "embedding" | "previousState" | "previousVector" | "memory" | "attention" | "context" | "cell"
  | "state" | "combine" | "vector" | "token";

/** A part of one step's drawing. Columns and rows count from 0; a column may lie between two. */
export interface DiagramNode {
  readonly name: NodeName;
  readonly column: number;
  readonly row: number;
  /** When it comes into being. */
  readonly phase: Phase;
}

export interface DiagramEdge {
  readonly from: NodeName;
  readonly to: NodeName;
  readonly phase: Phase;
  /** Where it leaves its node: at the left, -1, where it would else fall along what it passes. */
  readonly lane?: -1;
}

export interface Diagram {
  readonly columns: number;
  readonly nodes: readonly DiagramNode[];
  readonly edges: readonly DiagramEdge[];
}

type Kind = Pick<Trace, "attend_order" | "context_use" | "readout">;

/** One decoding step as the model of this trace does it: which tensors there are, and which goes where. */
export function diagramOf(trace: Kind): Diagram {
  if (trace.attend_order === "after") return finish(trace, after(trace));
  if (trace.attend_order === "before") return finish(trace, before(trace));
  return finish(trace, withoutAttention(trace));
}

function after(trace: Kind): Diagram {
  const feeding = trace.context_use === "input_feeding";
  return {
    columns: 3,
    nodes: [
      { name: "embedding", column: 0, row: 0, phase: "input" },
      { name: "previousState", column: 1, row: 0, phase: "input" },
      ...(feeding ? [{ name: "previousVector", column: 2, row: 0, phase: "input" } as const] : []),
      { name: "cell", column: 0.5, row: 1, phase: "cell" },
      { name: "state", column: 0.5, row: 2, phase: "cell" },
      { name: "memory", column: 2, row: feeding ? 1.5 : 1, phase: "input" },
      { name: "attention", column: 2, row: 3, phase: "scores" },
      { name: "context", column: 2, row: 4, phase: "context" },
    ],
    edges: [
      { from: "embedding", to: "cell", phase: "cell" },
      { from: "previousState", to: "cell", phase: "cell" },
      ...(feeding ? [{ from: "previousVector", to: "cell", phase: "cell" } as const] : []),
      { from: "cell", to: "state", phase: "cell" },
      { from: "state", to: "attention", phase: "scores" },
      { from: "memory", to: "attention", phase: "scores" },
      { from: "attention", to: "context", phase: "context" },
    ],
  };
}

function before(trace: Kind): Diagram {
  const feeding = trace.context_use === "input_feeding";
  const shift = feeding ? 1 : 0;
  return {
    columns: 3 + shift,
    nodes: [
      ...(feeding ? [{ name: "previousVector", column: 0, row: 0, phase: "input" } as const] : []),
      { name: "embedding", column: shift, row: 0, phase: "input" },
      { name: "previousState", column: 1 + shift, row: 0, phase: "input" },
      { name: "memory", column: 2 + shift, row: 0, phase: "input" },
      { name: "attention", column: 2 + shift, row: 1.4, phase: "scores" },
      { name: "context", column: 2 + shift, row: 2.4, phase: "context" },
      { name: "cell", column: 0.5 + shift, row: 3.5, phase: "cell" },
      { name: "state", column: 0.5 + shift, row: 4.5, phase: "cell" },
    ],
    edges: [
      { from: "previousState", to: "attention", phase: "scores" },
      { from: "memory", to: "attention", phase: "scores" },
      { from: "attention", to: "context", phase: "context" },
      ...(feeding ? [{ from: "previousVector", to: "cell", phase: "cell" } as const] : []),
      { from: "embedding", to: "cell", phase: "cell" },
      { from: "previousState", to: "cell", phase: "cell" },
      { from: "context", to: "cell", phase: "cell" },
      { from: "cell", to: "state", phase: "cell" },
    ],
  };
}

function withoutAttention(trace: Kind): Diagram {
  const reads = trace.context_use !== "initial";
  const begins = trace.context_use !== "every_step";
  const row = begins ? 1 : 0;
  return {
    columns: reads ? 3 : 2,
    nodes: [
      ...(begins ? [{ name: "source", column: 1, row: 0, phase: "input" } as const] : []),
      { name: "embedding", column: 0, row, phase: "input" },
      { name: "previousState", column: 1, row, phase: "input" },
      ...(reads ? [{ name: "context", column: 2, row, phase: "context" } as const] : []),
      { name: "cell", column: reads ? 1 : 0.5, row: row + 1, phase: "cell" },
      { name: "state", column: reads ? 1 : 0.5, row: row + 2, phase: "cell" },
    ],
    edges: [
      ...(begins ? [{ from: "source", to: "previousState", phase: "input" } as const] : []),
      { from: "embedding", to: "cell", phase: "cell" },
      { from: "previousState", to: "cell", phase: "cell" },
      ...(reads ? [{ from: "context", to: "cell", phase: "cell" } as const] : []),
      { from: "cell", to: "state", phase: "cell" },
    ],
  };
}

/** Adds what comes after state and context: the readout and the token. */
function finish(trace: Kind, { columns, nodes, edges }: Diagram): Diagram {
  const row = Math.max(...nodes.map((node) => node.row)) + 1;
  const { column: own } = nodes.find(({ name }) => name === "state")!;
  if (trace.readout === "state") {
    return { columns, nodes: [...nodes, { name: "token", column: own, row, phase: "choose" }],
      edges: [...edges, { from: "state", to: "token", phase: "choose" }] };
  }
  const hasContext = nodes.some(({ name }) => name === "context");
  // Between the two that it joins.
  const column = trace.attend_order === null ? own : (own + columns - 1) / 2;
  return {
    columns,
    nodes: [...nodes, { name: "combine", column, row, phase: "combine" },
      { name: "vector", column, row: row + 1, phase: "combine" },
      { name: "token", column, row: row + 2, phase: "choose" }],
    edges: [...edges, { from: "state", to: "combine", phase: "combine" },
      ...(hasContext ? [{ from: "context", to: "combine", phase: "combine" } as const] : []),
      ...(trace.readout === "deep" ? [{ from: "embedding", to: "combine", phase: "combine", lane: -1 } as const]
        : []),
      { from: "combine", to: "vector", phase: "combine" }, { from: "vector", to: "token", phase: "choose" }],
  };
}

/** How large the parts of a drawing are, in pixels: a column, a row, a part's width. */
export interface Measures { readonly column: number; readonly row: number; readonly box: number }

/** The middle of a part, in pixels. */
export function middleOf(node: DiagramNode, { column, row }: Measures): readonly [x: number, y: number] {
  return [(node.column + 0.5) * column, (node.row + 0.42) * row];
}

/**
 * The line from one part to another below it, in pixels. It falls straight down and bends in the last row only, so that
 * it passes beside what lies between.
 */
export function wire(from: DiagramNode, to: DiagramNode, measures: Measures, lane = 0): string {
  const { row, box } = measures;
  const [[middle, high], [end, low]] = [middleOf(from, measures), middleOf(to, measures)];
  const [x, top, bottom] = [middle + lane * box * 0.38, high + row * 0.22, low - row * 0.26];
  const start = Math.max(top, bottom - row * 0.62);
  const bend = Math.max((bottom - start) * 0.6, row * 0.14);
  return `M${x} ${top}V${start}C${x} ${start + bend} ${end} ${bottom - bend} ${end} ${bottom}`;
}
