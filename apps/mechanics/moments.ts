/**
 * A moment of a run: the encoder has read the source token `index`, or the decoder is in `phase` (a place among the
 * model's phases) of its step `index`.
 */
export interface Moment { readonly part: "encoder" | "decoder"; readonly index: number; readonly phase: number }

/** What `follow` needs to know of a run. */
export interface Timed { readonly length: Length; readonly phases: readonly string[] }

/** How long a run is: source tokens, steps, phases of a step. */
export interface Length { readonly source: number; readonly steps: number; readonly phases: number }

/** The number of places on the time slider: every token has as many as a step has phases, so that all are as wide. */
export function places(length: Length): number {
  return (length.source + length.steps) * length.phases;
}

/** The place of a moment on the slider. Reading a token ends in its last place. */
export function placeOf(moment: Moment, length: Length): number {
  if (moment.part === "encoder") return (moment.index + 1) * length.phases - 1;
  return (length.source + moment.index) * length.phases + moment.phase;
}

/** The moment at a place of the slider; whole tokens only, unless `fine`. */
export function momentAt(place: number, length: Length, fine: boolean): Moment {
  const inside = Math.min(Math.max(Math.round(place), 0), places(length) - 1);
  const token = Math.floor(inside / length.phases);
  if (token < length.source) return { part: "encoder", index: token, phase: 0 };
  const phase = fine ? inside % length.phases : length.phases - 1;
  return { part: "decoder", index: token - length.source, phase };
}

/** The moment `direction` (1 or -1) further on; the ends stay. */
export function neighbour(moment: Moment, direction: 1 | -1, length: Length, fine: boolean): Moment {
  const place = placeOf(moment, length);
  if (direction === 1) {
    const whole = moment.part === "encoder" || !fine;
    const next = whole ? Math.floor(place / length.phases + 1) * length.phases : place + 1;
    return next >= places(length) ? moment : momentAt(next, length, fine);
  }
  const inStep = fine && moment.part === "decoder";
  return momentAt(inStep ? place - 1 : place - length.phases, length, fine);
}

/** Whether a moment comes right after another one, token by token. */
export function follows(moment: Moment, before: Moment, length: Length): boolean {
  const next = before.part === "encoder" && before.index === length.source - 1
    ? { part: "decoder", index: 0 } : { part: before.part, index: before.index + 1 };
  return moment.part === next.part && moment.index === next.index;
}

/** The same moment in a run of another length, as near as it comes. */
export function clampTo(moment: Moment, length: Length): Moment {
  const count = moment.part === "encoder" ? length.source : length.steps;
  if (count === 0) return { part: "encoder", index: Math.max(length.source - 1, 0), phase: 0 };
  return { part: moment.part, index: Math.min(Math.max(moment.index, 0), count - 1),
    phase: Math.min(moment.phase, length.phases - 1) };
}

/** The moment of one run as it is in another: the same token, the same phase, else the end of the step. */
export function follow(moment: Moment, from: Timed, to: Timed): Moment {
  const place = to.phases.indexOf(from.phases[moment.phase] ?? "");
  const phase = moment.part === "encoder" ? 0 : place < 0 ? to.phases.length - 1 : place;
  return clampTo({ ...moment, phase }, to.length);
}
