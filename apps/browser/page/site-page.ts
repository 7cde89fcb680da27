import { AboutTab } from "./about-tab.js";
import { Address, type Whereabouts } from "./address.js";
import { BenchmarkTab } from "./benchmark-tab.js";
import { element } from "./dom.js";
import { InsideTab } from "./inside-tab.js";
import { Loading } from "./loading.js";
import { type DeskListener, ModelDesk } from "./model-desk.js";
import { ModelChooser } from "./model-chooser.js";
import type { ModelPlace } from "./model-list.js";
import type { OfflineState } from "./offline.js";
import type { Model, Progress } from "./runtime.js";
import type { Tab } from "./tab.js";
import { Tabs } from "./tabs.js";
import { TranslateTab } from "./translate-tab.js";

/** The whole page: one model, one text, one tab that is seen, and the address that says all three. */
export class SitePage implements DeskListener {
  private readonly loading = new Loading(() => this.load(this.place));
  private readonly translate = new TranslateTab((text) => this.ask(text), (message) => this.loading.tell(message));
  private readonly tabs: Readonly<Record<string, Tab>>;
  private readonly row = new Tabs(() => this.open());
  private readonly chooser: ModelChooser;
  private readonly desk = new ModelDesk(this);
  private readonly address = new Address((whereabouts) => this.follow(whereabouts));
  private place: ModelPlace;
  private model: Model | undefined;
  /** `null` until there is one: then it is the model's first example. */
  private text: string | null = null;

  constructor(private readonly places: readonly ModelPlace[], offline: Promise<OfflineState>) {
    this.tabs = {
      translate: this.translate,
      inside: new InsideTab((text) => this.ask(text)),
      benchmark: new BenchmarkTab(),
      about: new AboutTab(offline),
    };
    this.chooser = new ModelChooser(places, (place) => {
      // Another model reads other texts.
      this.text = null;
      this.load(place);
    });
    this.place = places[0]!;
    this.follow(this.address.read());
  }

  onLoading(place: ModelPlace): void {
    this.model = undefined;
    for (const tab of Object.values(this.tabs)) tab.leave();
    this.loading.begin(place.title);
    this.name(place.title, "");
  }

  onProgress(progress: Progress): void {
    this.loading.progress(progress);
  }

  onReady(model: Model, place: ModelPlace): void {
    this.loading.end();
    this.model = model;
    const { name, description, examples } = model.info;
    this.name(this.places.length > 1 ? place.title : name, description);
    this.text ??= examples[0] ?? "";
    for (const tab of Object.values(this.tabs)) tab.enter(model, place);
    this.open();
  }

  onFailure(error: unknown): void {
    this.loading.fail(error);
  }

  /** Goes where the address says. */
  private follow({ tab, model, text, beam, best }: Whereabouts): void {
    const place = this.places.find(({ name }) => name === model) ?? this.place;
    if (tab !== null && this.row.names.includes(tab)) this.row.select(tab);
    else this.row.select(this.row.selected);
    this.translate.options.set(beam, best);
    if (place !== this.place || this.model === undefined) {
      this.text = text;
      this.load(place);
    } else {
      this.text = text ?? this.text;
      this.open();
    }
  }

  private load(place: ModelPlace): void {
    this.place = place;
    this.chooser.show(place);
    void this.desk.choose(place);
  }

  private ask(text: string): void {
    this.text = text;
    this.open();
  }

  /** Shows the text in the tab that is seen, and says in the address what that is. */
  private open(): void {
    if (this.model === undefined || this.text === null) return;
    const { options } = this.translate;
    this.address.write({
      tab: this.row.selected,
      model: this.place.name,
      text: this.text,
      beam: options.beamSize === 1 ? null : options.beamSize,
      best: options.bestSize === 1 ? null : options.bestSize,
    });
    this.tabs[this.row.selected]!.open(this.text);
  }

  private name(title: string, description: string): void {
    document.title = title;
    element("name", HTMLElement).textContent = title;
    element("description", HTMLElement).textContent = description;
  }
}
