import type { SourceRow } from "../batch.js";
import { UserError } from "../errors.js";
import type { Config } from "../formats.js";
import { Beam, type BeamNode } from "../search/beam.js";
import { bestChoices } from "../search/best-choices.js";
import { Greedy } from "../search/greedy.js";
import { Run, type StepGraphs } from "../search/run.js";
import type { Search, Sentence } from "../search/search.js";
import { significantNumber } from "./numbers.js";
import type { Choice, Trace, TraceStep } from "./trace.js";
import { TraceChanges } from "./trace-changes.js";
import { type Tensors, TraceTensors } from "./trace-tensors.js";
import { TracedSteps } from "./traced-steps.js";

/** What is to be traced, and how. */
export interface TraceRequest {
  /** What the model reads. */
  source: SourceRow;
  /** The whole text. */
  text: string;
  /** Greedy search, or a beam, of which the best hypothesis is followed. */
  search: Search;
  /** The most target tokens. */
  limit: number;
  /** The fewest before the end token. */
  minimum: number;
  /** The ids and tokens of a prefix, by step. */
  prefix: ReadonlyMap<number, Given>;
  changes: TraceChanges;
  /** How many of the likeliest tokens each step names. */
  topK: number;
  /** Is awaited before every step, see `Listener`. */
  pause?: () => Promise<void>;
}

/** A token that was given, as it is shown. */
export interface Given {
  id: number;
  token: string;
}

/** Searches with the real search and keeps every tensor of the steps that lead to what was found. */
export class Tracer {
  private readonly tensors: TraceTensors;

  /** @param vocabulary - the target token of each id. */
  constructor(
    private readonly graphs: StepGraphs,
    private readonly config: Config,
    private readonly vocabulary: readonly string[],
  ) {
    this.tensors = new TraceTensors(config);
  }

  /**
   * The trace of one source. Throws `UserError` where the run ends before a step that was to be changed, or local
   * attention sees nothing but muted positions.
   */
  async run(request: TraceRequest): Promise<Trace> {
    const { source, changes, limit } = request;
    changes.checkSteps(limit, (length) => `the translation may have ${length} tokens at most`);
    const best = request.search instanceof Beam ? await this.found(request, request.search) : undefined;
    const { ids, encoded, taken } = await this.followed(request, best?.ids);
    changes.checkSteps(ids.length, (length) => `the translation ends after ${length} tokens`);
    const forced = [...changes.forced].map(([step, id]) => [step, { id, token: this.vocabulary[id]! }] as const);
    const given = new Map<number, Given>([...request.prefix, ...forced]);
    const steps = this.steps(ids, taken, encoded, given, request);
    const { attend_order, context_use, readout, cell, score_formula } = this.config.trace;
    return {
      schema_version: 1,
      model: this.config.name,
      kind: "text",
      source: {
        text: request.text, tokens: source.surfaces, truncated: source.truncated, frames: null, grid: null, picture: null,
      },
      target_tokens: steps.map(({ token }) => token),
      attend_order, context_use, readout, cell, score_formula,
      ...this.tensors.encoder(encoded),
      initial_state: this.tensors.layers(encoded),
      steps,
      beam: best?.nodes.map(({ step, slot, parent, token, score, finished }) => ({
        step, slot, parent, token: this.written(step, token, given), score: significantNumber(score), finished,
      })) ?? null,
    };
  }

  /** Ids of the best hypothesis of a beam, and all that it kept. */
  private async found(request: TraceRequest, beam: Beam): Promise<{ ids: number[]; nodes: BeamNode[] }> {
    const nodes: BeamNode[] = [];
    const run = await this.begin(request, beam.paths, []);
    try {
      const steps = new TracedSteps(run, request.changes.searched.weights);
      const search = beam.recording((node) => nodes.push(node));
      const [found] = await search.find(steps, [this.sentence(request)], { pause: request.pause });
      return { ids: found![0]!.ids, nodes };
    } finally {
      run.dispose();
    }
  }

  /** The steps to given ids, or those of the request's own search, which then has but one path. */
  private async followed(
    request: TraceRequest,
    wanted?: readonly number[],
  ): Promise<{ ids: number[]; encoded: Tensors; taken: readonly Tensors[] }> {
    const run = await this.begin(request, 1, this.tensors.ofEncode);
    try {
      const steps = new TracedSteps(run, request.changes.weights, this.tensors.ofStep);
      const sentence = this.sentence(request);
      const [found] = wanted === undefined
        ? await request.search.find(steps, [sentence], { pause: request.pause })
        : await new Greedy().find(steps, [{ ...sentence, prefix: wanted, limit: wanted.length }], { pause: request.pause });
      return { ids: found![0]!.ids, encoded: run.encoded, taken: steps.taken };
    } finally {
      run.dispose();
    }
  }

  private async begin({ source, changes }: TraceRequest, paths: number, outputs: readonly string[]): Promise<Run> {
    const run = await Run.begin(this.graphs, this.config, [source], paths, outputs);
    if (changes.muted.length > 0) {
      const { rows, sourceTime } = run;
      const muted = new Set(changes.muted);
      run.mask(Uint8Array.from({ length: rows * sourceTime }, (_, i) => (muted.has(i % sourceTime) ? 0 : 1)));
    }
    return run;
  }

  /** What the search has to write: in this order of importance what was kept, forced, the prefix. */
  private sentence({ source, limit, minimum, prefix, changes }: TraceRequest): Sentence {
    const wanted = new Map<number, number>([
      ...[...prefix].map(([step, { id }]) => [step, id] as const),
      ...changes.searched.forced,
      ...changes.kept.entries(),
    ]);
    const length = Math.max(0, ...[...wanted.keys()].map((step) => step + 1));
    return {
      sourceTokens: source.ids.length, limit, minimum, key: new Uint8Array(),
      // Padding leaves the choice to the search.
      prefix: Array.from({ length }, (_, step) => wanted.get(step) ?? this.config.padding_id),
    };
  }

  private steps(
    ids: readonly number[],
    taken: readonly Tensors[],
    encoded: Tensors,
    given: ReadonlyMap<number, Given>,
    { changes, topK }: TraceRequest,
  ): TraceStep[] {
    const { first_input } = this.config.trace;
    // What models read at first whose source ends and whose target begins with the same token.
    let said = this.vocabulary[first_input === "end" ? this.config.end_id : this.config.start_id]!;
    let before = this.tensors.layers(encoded);
    return ids.map((id, place) => {
      const found = this.tensors.step(taken[place]!);
      checkMuted(found.weights, changes.muted, place);
      const token = this.written(place, id, given);
      const step: TraceStep = {
        input_token: said, ...found, previous_state: before, top_k: this.likeliest(taken[place]!, topK), token,
        overridden: overridden(given.has(place), changes.weights.has(place), changes.muted.length > 0),
      };
      said = token;
      before = [...found.state];
      return step;
    });
  }

  /** The token of an id; what a prefix gave stays as it was, also where the model does not know it. */
  private written(step: number, id: number, given: ReadonlyMap<number, Given>): string {
    const found = given.get(step);
    return found?.id === id ? found.token : this.vocabulary[id]!;
  }

  private likeliest({ log_probs }: Tensors, number: number): Choice[] {
    const logProbs = log_probs!.data as Float32Array;
    return bestChoices(logProbs, number).map((id) => ({
      token: this.vocabulary[id]!, probability: significantNumber(Math.exp(logProbs[id]!)),
    }));
  }
}

function overridden(token: boolean, weights: boolean, mask: boolean): TraceStep["overridden"] {
  const kinds = [token && "token", weights && "weights", mask && "mask"] as const;
  const found = kinds.filter((kind) => kind !== false);
  return found.length === 0 ? null : found;
}

/** Where local attention's whole window is muted, its softmax has nothing but what is masked. */
function checkMuted(weights: TraceStep["weights"], muted: readonly number[], step: number): void {
  if (!muted.some((place) => weights![place] !== 0)) return;
  throw new UserError(
    `Everything that the model can look at in step ${step} is muted`,
    "A position should be left, near the one that local attention predicts",
    "Mute fewer positions",
  );
}
