import { html } from "../dom.js";
import { nearestHere, type Near } from "../nearest.js";
import { shortened, signed } from "../notation.js";
import type { Scene } from "../scene.js";
import type { Vector } from "../trace.js";

const SHOWN = 3;

/** The tokens whose embeddings lie nearest to one: of the vocabulary where the page knows it, else of the sentence. */
export class NearestLine {
  readonly element = html("p", { class: "nearest" });

  constructor(private readonly scene: Scene, side: "source" | "target", token: string, embedding: Vector) {
    const { run, texts, nearest } = scene;
    if (run.trace.kind !== "text" && side === "source") return;
    const { moment } = scene.values;
    const steps = moment.part === "encoder" ? 0 : moment.index + 1;
    this.show(texts.nearestHere, nearestHere(run, side, token, embedding, SHOWN, steps));
    nearest?.(embedding, side).then(
      (found) => this.show(texts.nearestAll, found.filter((near) => near.token !== token).slice(0, SHOWN)),
      // The sentence's own stay.
      () => undefined);
  }

  private show(title: string, found: readonly Near[]): void {
    if (found.length === 0) return;
    this.element.replaceChildren(title, ": ", ...found.flatMap(({ token, similarity }, index) => [
      ...(index > 0 ? [" · "] : []), html("bdi", {}, shortened(token, 10)), " ",
      this.scene.number(similarity, signed)]));
  }
}
