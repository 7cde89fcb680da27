import { type SourceRow, sourceRow } from "../batch.js";
import { UserError } from "../errors.js";
import type { Config } from "../formats.js";
import { quoted } from "../quoted.js";
import { Breath } from "../search/breath.js";
import { Decoding } from "../search/decoding.js";
import { DEFAULTS } from "../search/decoding-options.js";
import { lengthsOf } from "../search/length-limits.js";
import type { StepGraphs } from "../search/run.js";
import type { Tokenizer, Tokens } from "../text/tokenizer.js";
import { type Intervention, intervention } from "./intervention.js";
import { checkedForce, checkedMute, checkedRows, checkTogether } from "./intervention-checks.js";
import { type InterveneOptions, type TraceOptions, UNTRACED } from "./options.js";
import { type Swap, swapped } from "./swap.js";
import type { Trace } from "./trace.js";
import { TraceChanges } from "./trace-changes.js";
import { type Given, Tracer } from "./tracer.js";

/** A run that is to be traced, as often as its changes ask for. */
interface TextRun {
  source: SourceRow;
  prefix: Tokens;
  limit: number;
  trace: (changes: TraceChanges) => Promise<Trace>;
}

/** Traces and interventions on texts: what `Model.trace` and `Model.intervene` do. */
export class TextTracing {
  private readonly tracer: Tracer;

  constructor(
    graphs: StepGraphs,
    private readonly config: Config,
    private readonly source: Tokenizer,
    private readonly target: Tokenizer,
  ) {
    this.tracer = new Tracer(graphs, config, target.vocabulary);
  }

  /** See `Model.trace`. */
  async trace(text: string, options: TraceOptions = {}): Promise<Trace> {
    return this.run(text, options).trace(new TraceChanges());
  }

  /** See `Model.intervene`. */
  async intervene(
    text: string,
    { force, attention, mute, swap, ...options }: InterveneOptions = {},
  ): Promise<Intervention> {
    if ([force, attention, mute, swap].every((change) => (change ?? undefined) === undefined)) {
      throw new UserError("Nothing is to be changed", "An intervention has force, attention, mute or swap",
        "Give one of them");
    }
    const own = this.run(text, options);
    const newText = swapped(text, swap ?? undefined);
    this.checkRead(text, swap ?? undefined);
    const other = this.run(newText, options);
    const changes = this.changes({ force, attention, mute }, other);
    changes.checkSteps(other.limit, (length) => `the translation may have ${length} tokens at most`);
    const before = await own.trace(new TraceChanges());
    const after = before.beam === null || changes.steps.length === 0
      ? await other.trace(changes)
      : await this.stepByStep(changes, newText === text ? before : undefined, other);
    return intervention(before, after);
  }

  /** One text with checked options. */
  private run(text: string, { prefix: begun = "", topK = 5, signal, ...options }: TraceOptions): TextRun {
    const decoding = tracedDecoding(options);
    if (typeof text !== "string" || typeof begun !== "string") {
      throw new UserError(`${quoted(typeof text === "string" ? begun : text)} is no text`,
        "A trace is of one string", "Convert the value to a string");
    }
    const prefix = this.checkedPrefix(begun, decoding);
    if (!Number.isInteger(topK) || topK < 1) {
      throw new UserError(`topK: ${quoted(topK)}`, "It should be a whole number of at least 1", "Use 5");
    }
    const source = sourceRow(text, this.source, this.config);
    const { limit, minimum } = lengthsOf(
      source.ids.length - 1, prefix.ids.length, decoding.options, this.config.target_length);
    const given = new Map(prefix.ids.map((id, step): [number, Given] => [
      step, { id, token: id === this.config.unknown_id ? prefix.surfaces[step]! : this.target.vocabulary[id]! },
    ]));
    const search = decoding.search(this.target);
    const trace = async (changes: TraceChanges): Promise<Trace> => {
      const breath = new Breath(signal);
      const request = { source, text: wellFormed(text), search, limit, minimum, prefix: given, changes, topK };
      return this.tracer.run({ ...request, pause: () => breath.take() }).finally(() => breath.end());
    };
    return { source, prefix, limit, trace };
  }

  /**
   * The run with all changes, each made in the run with those before it: what was written until then stays. Greedy
   * search needs no such care; a beam that was given all of them at once would choose what stands between them anew.
   *
   * @param own - the trace without changes, where the text is the same.
   */
  private async stepByStep(changes: TraceChanges, own: Trace | undefined, run: TextRun): Promise<Trace> {
    let made = new TraceChanges({ muted: changes.muted });
    let found = own !== undefined && changes.muted.length === 0 ? own : await run.trace(made);
    const { steps } = changes;
    for (const step of steps) {
      made = made.withStep(step, changes, found, this.target.vocabulary, this.config.unknown_id);
      if (!made.idle.has(step) || step === steps.at(-1)) found = await run.trace(made);
    }
    return found;
  }

  /** The changes, checked against the text, the model and its vocabulary. */
  private changes(
    { force, attention, mute }: Pick<InterveneOptions, "force" | "attention" | "mute">,
    { source, prefix }: TextRun,
  ): TraceChanges {
    const { trace, padding_id, start_id } = this.config;
    const positions = source.ids.length;
    const neverWritten = [padding_id, start_id];
    const forced = checkedForce(force, this.target.vocabulary, neverWritten, prefix.ids.length);
    const weights = checkedRows(attention, positions, trace.sums_to_less);
    const muted = checkedMute(mute, positions);
    checkTogether(weights, muted, trace.attend_order !== null);
    return new TraceChanges({ forced, weights, muted });
  }

  private checkedPrefix(prefix: string, { options: { maxLength } }: Decoding): Tokens {
    const tokens = this.target.encode(prefix);
    const most = maxLength ?? this.config.target_length.maximum;
    if (tokens.ids.length < most) return tokens;
    throw new UserError(
      `The prefix ${quoted(prefix, 60)} has ${tokens.ids.length} tokens`,
      `It should have fewer than ${most}, the most that a translation may have`,
      "Use a shorter prefix, or maxLength",
    );
  }

  /** Refuses to swap what stands behind the last token that the model reads of a long text. */
  private checkRead(text: string, swap: Swap | undefined): void {
    const { truncated, surfaces: read } = sourceRow(text, this.source, this.config);
    if (swap === undefined || !truncated) return;
    const parts = typeof swap === "string" ? [swap] : Object.entries(swap).map(([word, other]) => ({ [word]: other }));
    for (const part of parts) {
      const other = swapped(text, part);
      const { surfaces } = sourceRow(other, this.source, this.config);
      if (other !== text && surfaces.join("\n") === read.join("\n")) {
        throw new UserError(
          `swap ${quoted(part)} changes nothing that the model reads`,
          `It should name a word among the first ${read.length - 1} tokens: the model reads no more of a text`,
          "Shorten the text, or swap an earlier word",
        );
      }
    }
  }
}

function tracedDecoding(options: object): Decoding {
  const decoding = new Decoding(options);
  const useless = UNTRACED.filter((name) => decoding.options[name] !== DEFAULTS[name]).sort();
  const first = useless[0] ?? (decoding.options.unknown === "replace" ? 'unknown: "replace"' : undefined);
  if (first === undefined) return decoding;
  throw new UserError(`A trace with ${first}`, "It should be of greedy search or a beam, of which the best is followed",
    "Leave it out");
}

/** Halves of surrogate pairs become U+FFFD, as they are read. */
function wellFormed(text: string): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}
