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
  private loading = new AbortController();

  constructor(private readonly listener: DeskListener) {}

  async choose(place: ModelPlace): Promise<void> {
    this.loading.abort();
    const { signal } = this.loading = new AbortController();
    const before = this.model;
    this.model = undefined;
    this.listener.onLoading(place);
    await before?.dispose();
    let model: Model;
    try {
      model = await load(place.path, { onProgress: (progress) => this.listener.onProgress(progress), signal });
    } catch (error) {
      if (!signal.aborted) this.listener.onFailure(error, place);
      return;
    }
    if (signal.aborted) {
      await model.dispose();
      return;
    }
    this.model = model;
    this.listener.onReady(model, place);
  }
}
