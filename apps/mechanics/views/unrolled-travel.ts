import { html, style } from "../dom.js";
import type { Moment } from "../moments.js";
import { shortened } from "../notation.js";
import { pool } from "../pooling.js";
import type { Scene } from "../scene.js";
import { diverging } from "../scales.js";
import type { Vector } from "../trace.js";
import { HEIGHT, LONGEST_LABEL, type UnrolledLayout } from "../unrolled-layout.js";
import type { Move } from "./dance.js";

const CELLS = 12;
/** States with less weight than this stay where they are. */
const LEAST_MOVED = 0.1;

/** What moves when time goes on from the moment before to this one: states, fed-back tokens, states looked at. */
export function moves(scene: Scene, { part, index }: Moment, layout: UnrolledLayout): Move[] {
  const { run, values: { layer } } = scene;
  const state = (path: string, vector: Vector | undefined, weight = 1): Move =>
    ({ path, picture: vector === undefined ? null : picture(scene, vector), shape: "state", opacity: Math.sqrt(weight) });
  const token = (path: string, text: string): Move =>
    ({ path, picture: html("bdi", {}, shortened(text, LONGEST_LABEL)), shape: "token" });
  const last = run.length.source - 1;
  const forward = run.encoderStates("forward", layer);
  const backward = run.encoderStates("backward", layer);
  if (part === "encoder") {
    const y = layout.rows.encoder;
    const back = last - index;
    return [
      ...(forward === null ? [] : [token(layout.enter(index), run.sourceTokens[index]!),
        ...(index > 0 ? [state(layout.read(index - 1, index, y + HEIGHT * 0.35), forward[index - 1])] : [])]),
      ...(backward === null || (forward !== null && back === index) ? []
        : [token(layout.enter(back), run.sourceTokens[back]!)]),
      ...(backward === null || index === 0 ? []
        : [state(layout.read(back + 1, back, y + HEIGHT * 0.65), backward[back + 1])]),
    ];
  }
  const ends = (step: number): Move[] => run.ends.map((position) =>
    state(layout.look(position, step), position === 0 && backward !== null ? backward[0] : forward?.[last]));
  const { weights, context, input_token: fed } = run.step(index);
  const looked = weights?.flatMap((weight, position) =>
    (weight < LEAST_MOVED ? [] : [state(layout.look(position, index), run.value(position), weight)]));
  return [
    ...(index === 0 && run.handsOver ? ends(-1) : []),
    state(layout.carry(index), run.stateAfter(index, run.layer(layer)).hidden), token(layout.feed(index, fed), fed),
    ...(looked ?? (context === null ? [] : ends(index))),
  ];
}

/** A small upright strip; a gradient in steps, which costs the browser much less than a canvas. */
function picture({ run, palette }: Scene, vector: Vector): HTMLElement {
  const pools = pool(vector, CELLS);
  const stops = pools.map(({ value }, place) => `rgb(${palette.diverging.at(diverging(value, run.limits.state)).join(" ")}) `
    + `${(100 * place) / pools.length}% ${(100 * (place + 1)) / pools.length}%`);
  const strip = html("div");
  // A gradient needs two colours at least.
  style(strip, { background: `linear-gradient(${[...stops, stops.at(-1)!].join(", ")})`, height: "100%" });
  return strip;
}
