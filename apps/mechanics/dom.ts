const SVG = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string | number | boolean>>;
type Child = Node | string;

/** An HTML element. Children that are strings become text, never markup: tokens come from strangers. */
export function html<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  set(element, attributes);
  element.append(...children);
  return element;
}

/** An SVG element; children as in `html`. */
export function svg<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, name);
  set(element, attributes);
  element.append(...children);
  return element;
}

/** Sets attributes; `true` stands for an empty one, `false` for none. */
export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Sets CSS properties through the object model: a strict Content-Security-Policy forbids style attributes. */
export function style(element: HTMLElement | SVGElement, properties: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
}

/** Scrolls `box` sideways so that what lies from `start` to `end` in it is in its middle, where it is not seen. */
export function reveal(box: HTMLElement, start: number, end: number): void {
  const { scrollLeft, clientWidth } = box;
  const margin = Math.min(48, clientWidth / 6);
  if (start - margin >= scrollLeft && end + margin <= scrollLeft + clientWidth) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  box.scrollTo({ left: (start + end - clientWidth) / 2, behavior: calm ? "auto" : "smooth" });
}

/** Lets elements appear one after the other; at once where the reader wants no motion. */
export function appear(elements: readonly Element[], delay = 90): void {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  elements.forEach((element, index) => {
    element.animate([{ opacity: 0, transform: "translateY(-6px)" }, { opacity: 1, transform: "none" }],
      { duration: 260, delay: index * delay, fill: "backwards", easing: "ease-out" });
  });
}
