import type { ModelPlace } from "./model-list.js";
import { load, type Model, type Progress } from "./runtime.js";

/** What a `ModelDesk` tells of. */
export interface DeskListener {
  /** A model is being loaded; the one before it goes. */
  onLoading(place: ModelPlace): void;
  onProgress(progress: Progress): void;
  onReady(model: Model, place: ModelPlace): void;
  onFailure(error: unknown, place: ModelPlace): void;
}

/** Holds the page's one model. Whatever is chosen last wins, however long the others take to load. */
export class ModelDesk {
  private model: Model | undefined;
  private choice = 0;

  constructor(private readonly listener: DeskListener) {}

  async choose(place: ModelPlace): Promise<void> {
    const choice = ++this.choice;
    const before = this.model;
    this.model = undefined;
    this.listener.onLoading(place);
    await before?.dispose();
    const onProgress = (progress: Progress): void => {
      if (choice === this.choice) this.listener.onProgress(progress);
    };
    let model: Model;
    try {
      model = await load(place.path, { onProgress });
    } catch (error) {
      if (choice === this.choice) this.listener.onFailure(error, place);
      return;
    }
    if (choice !== this.choice) {
      await model.dispose();
      return;
    }
    this.model = model;
    this.listener.onReady(model, place);
  }
}
