import { element, make } from "./dom.js";
import { computedBy, showFacts, size, whole } from "./facts.js";
import type { ModelPlace } from "./model-list.js";
import type { OfflineState } from "./offline.js";
import type { Model } from "./runtime.js";
import { canStore, removeStored, storedBytes } from "./stored.js";
import type { Tab } from "./tab.js";

/** The tab About: what the model is, what it weighs, what is kept, and that nothing is sent. */
export class AboutTab implements Tab {
  private readonly facts = element("about-facts", HTMLElement);
  private readonly about = this.facts.closest("section")!;
  private readonly files = element("about-files", HTMLTableElement);
  private readonly card = element("about-card", HTMLPreElement);
  private readonly offline = element("about-offline", HTMLElement);
  private readonly stored = element("about-stored", HTMLElement);
  private readonly remove = element("about-remove", HTMLButtonElement);
  private model: Model | undefined;
  private place: ModelPlace | undefined;
  /** What looks into the storage goes one after the other: a look begun before a removal would tell of what is gone. */
  private storage: Promise<void> = Promise.resolve();

  constructor(state: Promise<OfflineState>) {
    void state.then((found) => {
      this.offline.textContent = found.ready ? "This page opens without a network from the second visit on." : found.reason;
    });
    this.remove.addEventListener("click", () => this.inTurn(() => this.removeAll()));
  }

  enter(model: Model, place: ModelPlace): void {
    this.model = model;
    this.place = place;
    this.card.parentElement!.hidden = true;
    this.about.hidden = false;
  }

  leave(): void {
    this.model = undefined;
    this.about.hidden = true;
    showFacts(this.facts, []);
    this.files.closest("details")!.hidden = true;
  }

  open(): void {
    void this.describe();
    this.inTurn(() => this.measureStored());
  }

  private inTurn(task: () => Promise<void>): void {
    this.storage = this.storage.then(task).catch(() => { this.stored.textContent = "The storage of this browser cannot be read."; });
  }

  private async describe(): Promise<void> {
    const { model, place } = this;
    if (model === undefined || place === undefined) return;
    const { info } = model;
    const { numTensors, numBytes } = await model.memory();
    if (this.model !== model) return;
    showFacts(this.facts, [
      ["Name", info.name],
      ["Parameters", whole(info.parameters)],
      ["Source vocabulary", whole(info.sourceVocabularySize)],
      ["Target vocabulary", whole(info.targetVocabularySize)],
      ["Longest text", `${info.maxSourceTokens} tokens`],
      ["Computed by", computedBy(info)],
      ["In memory", numTensors === 0 ? "nothing yet" : `${size(numBytes)} in ${whole(numTensors)} tensors`],
    ]);
    const [sizes, card] = await Promise.all([fileSizes(place.path), text(place.card)]);
    if (this.model !== model) return;
    this.card.textContent = card;
    this.card.parentElement!.hidden = card === "";
    this.files.closest("details")!.hidden = sizes.length === 0;
    const total = sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
    this.files.tBodies[0]!.replaceChildren(...[...sizes, ["all", total] as const].map(([name, bytes]) =>
      make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, size(bytes)))));
  }

  private async measureStored(): Promise<void> {
    this.remove.hidden = !canStore();
    if (!canStore()) {
      this.stored.textContent = "Nothing is stored on this device.";
      return;
    }
    const bytes = await storedBytes();
    this.remove.disabled = bytes === 0;
    this.stored.textContent = bytes === 0 ? "Nothing is stored on this device." :
      `${size(bytes)} are stored on this device: this page and the models that were loaded. Your texts are not among them.`;
  }

  private async removeAll(): Promise<void> {
    await removeStored();
    this.offline.textContent = "The page is kept again when it is opened the next time.";
    await this.measureStored();
  }
}

/** The files of a model with their sizes, as its manifest has them. */
async function fileSizes(path: string): Promise<(readonly [name: string, bytes: number])[]> {
  try {
    const manifest = await (await fetch(`${path.replace(/\/?$/, "/")}manifest.json`)).json() as
      { files: Record<string, { bytes: number }> };
    return Object.entries(manifest.files).map(([name, { bytes }]) => [name, bytes] as const);
  } catch {
    // Without a network the list is left out: the model itself has its files from the runtime's cache.
    return [];
  }
}

/** The text at an address, empty where there is none to be had. */
async function text(address: string | undefined): Promise<string> {
  try {
    const response = address === undefined ? undefined : await fetch(address);
    return response?.ok === true ? (await response.text()).trim() : "";
  } catch {
    return "";
  }
}
