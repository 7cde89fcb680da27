import { html } from "../dom.js";
import type { Scene } from "../scene.js";

/** What stands in place of the decoder's views while the encoder reads: why there is nothing, and a way on. */
export function waiting(scene: Scene): HTMLElement {
  const { texts, run } = scene;
  const button = html("button", { class: "primary", type: "button" }, texts.goToFirstStep);
  button.addEventListener("click", () => scene.go({ part: "decoder", index: 0, phase: 0 }));
  button.hidden = run.length.steps === 0;
  return html("div", { class: "waiting" }, html("p", {}, scene.waiting.text), button);
}
