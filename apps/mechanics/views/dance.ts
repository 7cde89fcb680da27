import { html, style } from "../dom.js";

/** A tensor's picture, or a token, and the line that it follows, in pixels of the field. */
export interface Move {
  readonly path: string;
  readonly picture: HTMLElement | null;
  /** How it is drawn: lying, as in one step, which is the default; upright; or as text. */
  readonly shape?: "strip" | "state" | "token";
  /** How much of it is seen on its way; all, by default. */
  readonly opacity?: number;
}

/** How long a journey takes at the usual speed, in milliseconds. */
const DURATION = 900;

/** Small copies of tensors that travel along the lines of a drawing. */
export class Dance {
  private travellers: HTMLElement[] = [];

  constructor(private readonly field: HTMLElement) {}

  /** Sends them off; those still on their way vanish. Nothing moves where the reader wants no motion. */
  perform(moves: readonly Move[], speed: number, duration = DURATION): void {
    for (const traveller of this.travellers) traveller.remove();
    this.travellers = [];
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const { path, picture, shape = "strip", opacity = 1 } of moves) {
      if (picture === null || path === "") continue;
      const traveller = html("div", { class: `traveller ${shape}`, "aria-hidden": "true" }, picture);
      style(traveller, { "offset-path": `path("${path}")` });
      this.field.append(traveller);
      this.travellers.push(traveller);
      const moving = traveller.animate([
        { offsetDistance: "0%", opacity: 0, transform: "scale(1)" }, { opacity, offset: 0.15 },
        { opacity, offset: 0.85 }, { offsetDistance: "100%", opacity: 0, transform: "scale(0.7)" }],
      { duration: duration / speed, easing: "ease-in-out" });
      moving.onfinish = () => traveller.remove();
    }
  }
}
