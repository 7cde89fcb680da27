import { svg } from "../dom.js";
import type { Moment } from "../moments.js";
import type { Run } from "../run.js";
import { type UnrolledLayout } from "../unrolled-layout.js";

/** Weights below this draw no line: dozens of hairlines hide the few that matter. */
const LEAST_DRAWN = 0.01;

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

/** All that has travelled between the rows up to now: the first state, the tokens that were fed back, what is looked at. */
export function lines(run: Run, moment: Moment, layout: UnrolledLayout): SVGElement[] {
  const begun = moment.part === "decoder";
  if (!begun && moment.index < run.length.source - 1) return [];
  const first = run.handsOver ? run.ends.map((position) =>
    svg("path", { class: `hand-over${begun && moment.index > 0 ? " past" : ""}`, d: layout.look(position, -1) })) : [];
  if (!begun) return first;
  const fed = Array.from({ length: moment.index + 1 }, (_, step) => svg("path", {
    class: `feed${step < moment.index ? " past" : ""}`, d: layout.feed(step, run.step(step).input_token) + layout.feedHead(step) }));
  return [...first, ...fed, ...looks(run, moment.index, layout)];
}

/** From the states that a step looks at, as thick as the weights, or from the one vector that each step is given. */
function looks(run: Run, step: number, layout: UnrolledLayout): SVGElement[] {
  const { weights, context } = run.step(step);
  if (weights !== null) {
    return weights.flatMap((weight, position) => (weight < LEAST_DRAWN ? [] : [svg("path", { class: "look",
      d: layout.look(position, step), "stroke-width": (0.75 + 7 * weight).toFixed(2),
      "stroke-opacity": (0.25 + 0.7 * weight).toFixed(3) })]));
  }
  return context === null ? []
    : run.ends.map((position) => svg("path", { class: "hand-over", d: layout.look(position, step) }));
}
