import { Ramp } from "./scales.js";

/** The colours of numbers. Those of everything else stand in the style sheet. */
export interface Palette {
  /** From orange (negative) over the ground's colour (zero) to blue: told apart with every kind of colour blindness. */
  readonly diverging: Ramp;
  /** Attention weights, 0 to 1. */
  readonly weight: Ramp;
  /** Gates, 0 (shut) to 1 (open). */
  readonly gate: Ramp;
}

export const LIGHT: Palette = {
  diverging: new Ramp("#8f3d00", "#e39b57", "#f3f1ed", "#74a5d8", "#0f4a8a"),
  weight: new Ramp("#f5f0f2", "#dd8fb4", "#8a1a50"),
  gate: new Ramp("#f1f0ed", "#8b93a1", "#2c3444"),
};

export const DARK: Palette = {
  diverging: new Ramp("#ffc07d", "#b06b28", "#262b34", "#3d70ae", "#9accff"),
  weight: new Ramp("#252932", "#96406a", "#ffb9d6"),
  gate: new Ramp("#262b34", "#737d8e", "#dfe3ea"),
};
