import { svg } from "../dom.js";
import type { Run } from "../run.js";

/** How high a state is drawn, in pixels. */
export const HEIGHT = 96;
/** Weights below this draw no line: dozens of hairlines hide the few that matter. */
const LEAST_DRAWN = 0.01;

/** Where things stand in the unrolled drawing, from above, in pixels. */
export type Rows = Readonly<Record<"part" | "tokens" | "encoder" | "decoder" | "target" | "end", number>>;

/** The rows for type of this size. */
export function rowsOf(scale: number): Rows {
  const line = 24 * scale;
  const encoder = line * 2.6;
  const decoder = encoder + HEIGHT + 110;
  return { part: line * 0.7, tokens: line * 2, encoder, decoder, target: decoder + HEIGHT + line,
    end: decoder + HEIGHT + line * 1.5 };
}

/** Arrows from state to state, in the direction of reading. */
export function arrows(places: number, y: number, direction: 1 | -1, cell: number): SVGElement {
  const gap = Math.min(cell * 0.36, 32);
  const head = Math.min(cell * 0.06, 4);
  return svg("path", { class: "chain", d: Array.from({ length: Math.max(places - 1, 0) }, (_, place) => {
    const [left, right] = [(place + 0.5) * cell + gap, (place + 1.5) * cell - gap];
    const [from, to] = direction === 1 ? [left, right] : [right, left];
    const back = to - direction * head;
    return `M${from} ${y}H${to}M${back} ${y - head}L${to} ${y}L${back} ${y + head}`;
  }).join("") });
}

/** From the states that a step looks at, as thick as the weights, or from the one vector that the decoder was given. */
export function looks(run: Run, step: number, cell: number, rows: Rows): SVGElement[] {
  const [bottom, top] = [rows.encoder + HEIGHT + 5, rows.decoder - 6];
  const line = (position: number, weight: number, name: string): SVGElement => {
    const [from, to, half] = [(position + 0.5) * cell, (step + 0.5) * cell, (bottom + top) / 2];
    return svg("path", { class: name, d: `M${from} ${bottom}C${from} ${half} ${to} ${half} ${to} ${top}`,
      "stroke-width": (0.75 + 7 * weight).toFixed(2), "stroke-opacity": (0.25 + 0.7 * weight).toFixed(3) });
  };
  const { weights, context } = run.step(step);
  if (weights !== null) {
    return weights.flatMap((weight, position) => (weight >= LEAST_DRAWN ? [line(position, weight, "look")] : []));
  }
  const last = run.trace.encoder_states.forward === null ? 0 : run.length.source - 1;
  return step === 0 || context !== null ? [line(last, 0.3, "hand-over")] : [];
}
