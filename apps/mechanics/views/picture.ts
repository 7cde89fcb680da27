import { html, style } from "../dom.js";
import type { Run } from "../run.js";

/** A region of the picture, in parts of its width and height. */
type Region = readonly [left: number, top: number, right: number, bottom: number];

/** The picture or spectrogram that a model read, with light on what it looks at. Nothing for texts. */
export class Picture {
  readonly element = html("div", { class: "picture" });
  private readonly lights: readonly HTMLElement[];

  constructor(run: Run) {
    const { picture } = run.trace.source;
    const regions = regionsOf(run);
    this.element.hidden = picture === null || regions.length === 0;
    this.lights = regions.map(([left, top, right, bottom]) => {
      const light = html("div", { class: "light" });
      style(light, { left: `${100 * left}%`, top: `${100 * top}%`, width: `${100 * (right - left)}%`,
        height: `${100 * (bottom - top)}%` });
      return light;
    });
    // A picture is in the trace itself: an address would tell a stranger who looks at it.
    if (picture?.startsWith("data:image/") === true) this.element.append(html("img", { src: picture, alt: "" }));
    this.element.append(...this.lights);
  }

  /** Lights each region as much as its weight; the brightest fully. */
  show(weights: readonly number[] | null): void {
    const most = Math.max(...weights ?? [], 1e-9);
    this.lights.forEach((light, position) => style(light, { opacity: ((weights?.[position] ?? 0) / most).toFixed(3) }));
  }
}

function regionsOf({ trace: { source } }: Run): readonly Region[] {
  if (source.grid !== null) return source.grid;
  if (source.frames === null) return [];
  const end = Math.max(...source.frames.map(([, stop]) => stop));
  return source.frames.map(([start, stop]) => [start / end, 0, stop / end, 1]);
}
