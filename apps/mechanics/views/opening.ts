import { html, style } from "../dom.js";

const DURATION = 560;
const EASING = "cubic-bezier(0.3, 0.1, 0.2, 1)";

/** What an element's place has to do with another's, as a transform from the upper left corner. */
export function onto(place: DOMRect, other: DOMRect): string {
  const [across, down] = [other.width / Math.max(place.width, 1), other.height / Math.max(place.height, 1)];
  return `translate(${other.left - place.left}px, ${other.top - place.top}px) scale(${across}, ${down})`;
}

/** Opens what stood at `door`: its lid, in the colour `ground`, grows over the new picture, which grows out of it. */
export function open(field: HTMLElement, picture: HTMLElement, door: DOMRect, ground: string): void {
  if (calm()) return;
  const place = picture.getBoundingClientRect();
  const small = onto(place, door);
  picture.animate([{ transformOrigin: "0 0", transform: small, opacity: 0 }, { opacity: 0.35, offset: 0.35 },
    { transformOrigin: "0 0", transform: "none", opacity: 1 }], { duration: DURATION, easing: EASING });
  lid(field, place, ground, [{ transform: small, opacity: 1 }, { opacity: 0.85, offset: 0.35 },
    { transform: "none", opacity: 0 }]);
}

/** Closes it again: all that filled `box` shrinks to the door. */
export function close(field: HTMLElement, door: HTMLElement, box: DOMRect): void {
  if (calm()) return;
  const place = door.getBoundingClientRect();
  door.animate([{ opacity: 0 }, { opacity: 0, offset: 0.6 }, { opacity: 1 }], { duration: DURATION });
  lid(field, place, getComputedStyle(door).backgroundColor, [{ transform: onto(place, box), opacity: 0 },
    { opacity: 0.85, offset: 0.65 }, { transform: "none", opacity: 1 }]);
}

function lid(field: HTMLElement, place: DOMRect, ground: string, frames: Keyframe[]): void {
  const around = field.getBoundingClientRect();
  const element = html("div", { class: "lid", "aria-hidden": "true" });
  style(element, { left: `${place.left - around.left}px`, top: `${place.top - around.top}px`, width: `${place.width}px`,
    height: `${place.height}px`, background: ground });
  field.append(element);
  element.animate(frames, { duration: DURATION, easing: EASING }).onfinish = () => element.remove();
}

function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
