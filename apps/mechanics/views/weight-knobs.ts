import { html } from "../dom.js";
import { withWeight } from "../interventions.js";
import { visible } from "../notation.js";
import type { Scene } from "../scene.js";

/** The weights of one step in the user's hands: a slider on each bar, and what to do with them. */
export class WeightKnobs {
  /** The buttons; nothing of this is there without a page that can run the model anew. */
  readonly element = html("div", { class: "weight-buttons" });
  private readonly sliders: HTMLInputElement[] = [];
  private readonly goOn = html("button", { type: "button", class: "change-button", "data-change": "attention" });
  private readonly undo = html("button", { type: "button", class: "change-button" });
  /** The weights as the user has set them; null while they are the model's. */
  private set: readonly number[] | null = null;
  private shown: readonly number[] = [];
  private step = -1;

  constructor(private readonly scene: Scene, private readonly redraw: () => void) {
    const { texts, ask } = scene;
    this.goOn.textContent = texts.change.goOn;
    this.undo.textContent = texts.change.undo;
    this.element.append(this.goOn, this.undo);
    this.goOn.addEventListener("click", () => ask?.("attention", { step: this.step, weights: [...this.shown] }));
    this.undo.addEventListener("click", () => {
      this.set = null;
      if (scene.values.temperature === 1) redraw();
      else scene.set({ temperature: 1 });
    });
  }

  get changed(): boolean {
    return this.set !== null;
  }

  /** The slider of a position, to be laid over its bar; null where nothing can be changed. */
  slider(token: string, position: number): HTMLElement[] {
    if (this.scene.ask === null) return [];
    const slider = html("input", { type: "range", min: 0, max: 1, step: 0.01, class: "weight-knob",
      "aria-label": this.scene.texts.change.weightOf(visible(token)) });
    slider.addEventListener("input", () => {
      this.set = withWeight(this.set ?? this.shown, position, Number(slider.value));
      this.redraw();
    });
    this.sliders.push(slider);
    return [slider];
  }

  /** The weights to be shown in a step whose own ones, perhaps at another temperature, are `weights`. */
  apply(step: number, weights: readonly number[], own: boolean): readonly number[] {
    if (step !== this.step) this.set = null;
    this.step = step;
    this.shown = this.set ?? weights;
    this.sliders.forEach((slider, position) => { slider.value = String(this.shown[position]!); });
    this.element.hidden = this.scene.ask === null || (this.set === null && own);
    return this.shown;
  }
}
