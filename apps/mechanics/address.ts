import { formatFragment, keepingOthers, parseFragment, speaksToView, type Asked } from "./fragment.js";
import { clampTo } from "./moments.js";
import type { Run } from "./run.js";
import type { ViewState, ViewValues } from "./view-state.js";

/** How long the values must have stood still, in milliseconds. */
const PAUSE = 150;

/** The page's address as the place where the view's values stand, so that a link leads to them. */
export class Address {
  /** A moment that waits for its run. */
  private waiting: Asked | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The fragment that was read or written last. */
  private seen = "";

  /** `usual` gives the values that the view begins with: what an address leaves out is as there. */
  constructor(private readonly state: ViewState, private readonly usual: () => ViewValues) {}

  /** Takes over what the address asks for; `null` where it asks for nothing. */
  read(run: Run | undefined): Asked | null {
    this.seen = location.hash;
    if (!speaksToView(location.hash)) return null;
    const asked = parseFragment(location.hash);
    // A link leads to the same picture whatever was shown before.
    const { moment: _, ...usual } = this.usual();
    this.state.update({ ...usual, ...asked.values });
    this.waiting = asked;
    this.apply(run);
    return asked;
  }

  /** Goes to the moment that the address asked for, once there is a run. */
  apply(run: Run | undefined): void {
    if (run === undefined || this.waiting === null) return;
    const { step, read, at } = this.waiting;
    this.waiting = null;
    const phase = (run.phases as readonly string[]).indexOf(at ?? "");
    const moment = step === null ? { part: "encoder" as const, index: (read ?? 1) - 1, phase: 0 }
      : { part: "decoder" as const, index: step - 1, phase: phase < 0 ? run.phases.length - 1 : phase };
    this.state.update({ moment: clampTo(moment, run.length), playing: false });
  }

  /** Writes the values a moment later: while time runs or keys repeat, browsers refuse to write each of them. */
  write(run: Run, values: ViewValues): void {
    clearTimeout(this.timer);
    if (values.playing) return;
    this.timer = setTimeout(() => {
      const view = formatFragment(values, run.trace.model, run.trace.source.text, run.phases, this.usual());
      const fragment = keepingOthers(location.hash, view);
      // Another one than was seen last is a link that was just followed and is about to be read.
      const followed = location.hash !== this.seen;
      this.seen = location.hash;
      if (fragment === location.hash || followed) return;
      try {
        history.replaceState(history.state, "", fragment);
        this.seen = location.hash;
      } catch {
        // A frame without an address of its own, such as a notebook's, has no place for it.
      }
    }, PAUSE);
  }

  /** Writes nothing any more. */
  stop(): void {
    clearTimeout(this.timer);
  }
}
