import { element, make } from "./dom.js";
import type { ModelPlace } from "./model-list.js";

/** The list of the site's models, where there is more than one. */
export class ModelChooser {
  private readonly select = element("model", HTMLSelectElement);

  constructor(places: readonly ModelPlace[], onChoose: (place: ModelPlace) => void) {
    this.select.parentElement!.hidden = places.length < 2;
    this.select.append(...places.map(({ name, title }) => make("option", { value: name }, title)));
    this.select.addEventListener("change", () => {
      onChoose(places.find(({ name }) => name === this.select.value)!);
    });
  }

  show({ name }: ModelPlace): void {
    this.select.value = name;
  }
}
