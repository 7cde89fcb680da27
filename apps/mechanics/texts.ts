import type { Phase } from "./phases.js";
import type { Language, ViewName } from "./view-state.js";
import { CHINESE } from "./texts-zh.js";

/** Every word on the screen that does not come from the trace. */
export interface Texts {
  readonly views: Readonly<Record<ViewName, string>>;
  readonly phases: Readonly<Record<Phase, string>>;
  readonly zooms: readonly [string, string, string];
  readonly viewsLabel: string;
  readonly play: string;
  readonly pause: string;
  readonly back: string;
  readonly forward: string;
  readonly speed: string;
  readonly time: string;
  readonly reading: (token: string, number: number, of: number) => string;
  readonly writing: (token: string, number: number, of: number) => string;
  readonly words: string;
  readonly cover: string;
  readonly uncover: string;
  readonly allUnits: string;
  readonly otherLanguage: string;
  readonly present: string;
  readonly light: string;
  readonly dark: string;
  readonly layer: (number: number) => string;
  readonly unit: (number: number) => string;
  readonly units: (first: number, last: number) => string;
  readonly range: (lowest: string, highest: string) => string;
  readonly nothingYet: string;
  readonly goToFirstStep: string;
  readonly loading: string;
  readonly empty: string;
  readonly noAttention: string;
  readonly encoder: string;
  readonly decoder: string;
  readonly forwardStates: string;
  readonly backwardStates: string;
  readonly decoderStates: string;
  readonly cellStates: string;
  readonly memory: (vectors: number) => string;
  readonly oneVector: string;
  readonly output: string;
  readonly input: string;
  readonly embedding: string;
  readonly previousState: string;
  readonly newState: string;
  readonly previousCell: string;
  readonly newCell: string;
  readonly context: string;
  readonly previousVector: string;
  readonly query: string;
  readonly scores: string;
  readonly weights: string;
  readonly values: string;
  readonly sum: string;
  readonly temperature: string;
  readonly asTrained: string;
  readonly whatIf: string;
  readonly concatenate: string;
  readonly attentionOp: string;
  readonly softmax: string;
  readonly gates: Readonly<Record<string, string>>;
  readonly gateHints: Readonly<Record<string, string>>;
  readonly alternatives: string;
  readonly beam: string;
  readonly beamBest: string;
  readonly score: string;
  readonly overridden: Readonly<Record<"token" | "weights" | "mask", string>>;
  readonly pointHint: string;
  readonly looksAt: (written: string, places: readonly string[]) => string;
  readonly cell: (written: string, source: string, weight: string) => string;
  readonly map: (rows: number, columns: number) => string;
  readonly nearestHere: string;
  readonly nearestAll: string;
  readonly captions: Captions;
}

/** The sentences under the tabs: what can be seen now. */
export interface Captions {
  readonly blackBox: string;
  readonly blackBoxWrites: (token: string) => string;
  readonly reads: (token: string) => string;
  readonly readsBoth: (forward: string, backward: string) => string;
  readonly writes: (token: string) => string;
  readonly looks: (token: string, source: string) => string;
  readonly states: string;
  readonly cellReads: (token: string) => string;
  readonly cellWrites: Readonly<Record<"gru" | "lstm" | "simple_rnn", string>>;
  readonly attention: Readonly<Record<"waiting" | "scores" | "weights" | "context", string>>;
  readonly waiting: string;
  readonly alignment: string;
  readonly choices: (token: string) => string;
  readonly steps: Readonly<Record<Phase, string>>;
  readonly stepBefore: string;
  readonly bottleneck: string;
}

const ENGLISH: Texts = {
  views: { run: "Run", states: "States", cell: "Cell", attention: "Attention", step: "One step", alignment: "Alignment",
    choices: "Choices" },
  phases: { input: "input", cell: "cell", scores: "scores", weights: "softmax", context: "context", combine: "combine",
    choose: "choose" },
  zooms: ["Black box", "Encoder, decoder", "Unrolled"],
  viewsLabel: "Views",
  play: "Play", pause: "Pause", back: "Back", forward: "Forward", speed: "Speed", time: "Time",
  reading: (token, number, of) => `Reads “${token}” · ${number} of ${of}`,
  writing: (token, number, of) => `Writes “${token}” · step ${number} of ${of}`,
  words: "Whole words", cover: "Cover numbers", uncover: "Uncover this number", allUnits: "All units",
  otherLanguage: "中文", present: "Large type", light: "Light", dark: "Dark",
  layer: (number) => `Layer ${number}`,
  unit: (number) => `unit ${number}`,
  units: (first, last) => `units ${first} to ${last}`,
  range: (lowest, highest) => `${lowest} … ${highest}`,
  nothingYet: "The encoder is still reading. The decoder begins when the source is read.",
  goToFirstStep: "Go to the first step",
  loading: "Loading the trace …", empty: "There is no trace to show yet.",
  noAttention: "This model has no attention: its decoder gets one vector for the whole source.",
  encoder: "Encoder", decoder: "Decoder",
  forwardStates: "Encoder, left to right", backwardStates: "Encoder, right to left",
  decoderStates: "Decoder", cellStates: "Decoder, memory cell",
  memory: (vectors) => `${vectors} vectors, one for each token`,
  oneVector: "One vector for the whole source",
  output: "Output", input: "Input", embedding: "embedding", previousState: "previous state", newState: "new state",
  previousCell: "previous cell", newCell: "new cell", context: "context", previousVector: "previous attention vector",
  query: "query", scores: "score", weights: "weight", values: "encoder state × weight", sum: "their sum: the context",
  temperature: "Temperature", asTrained: "as the model does it", whatIf: "what if: not what the model did",
  concatenate: "concatenate", attentionOp: "attention", softmax: "softmax",
  gates: { update: "update", reset: "reset", candidate: "candidate", input: "input", forget: "forget",
    output: "output" },
  gateHints: { update: "1: keep the old", reset: "0: forget for the candidate", candidate: "what could be new",
    input: "1: let the candidate in", forget: "1: keep the old cell", output: "1: show the cell" },
  alternatives: "The likeliest tokens", beam: "Beam search", beamBest: "the hypothesis that won", score: "score",
  overridden: { token: "this token was forced", weights: "these weights were set by hand",
    mask: "some source tokens are muted" },
  pointHint: "Point at a coloured cell to read its number.",
  looksAt: (written, places) => `Writing “${written}”, it looks at ${places.join(", ")}.`,
  cell: (written, source, weight) => `Writing “${written}”, looking at “${source}”: ${weight}`,
  map: (rows, columns) => `Attention weights, ${rows} target tokens by ${columns} source tokens. `
    + "Arrow keys move, Enter goes to a step.",
  nearestHere: "Nearest in this sentence", nearestAll: "Nearest words",
  captions: {
    blackBox: "A sequence goes in. Another one comes out.",
    blackBoxWrites: (token) => `One token at a time comes out: now “${token}”.`,
    reads: (token) => `The encoder reads “${token}” and folds it into its state.`,
    readsBoth: (forward, backward) => `Two readers at once: from the left “${forward}”, from the right “${backward}”.`,
    writes: (token) => `The decoder updates its state and writes “${token}”.`,
    looks: (token, source) => `Writing “${token}”, the decoder looks most at “${source}”.`,
    states: "Each column is a state: the network’s memory after one token. Blue is positive, orange negative.",
    cellReads: (token) => `Input and previous state make the new state. The encoder reads “${token}”.`,
    cellWrites: {
      gru: "Where the update gate is open the old state stays; elsewhere the candidate takes its place.",
      lstm: "The cell keeps what the forget gate lets through and adds what the input gate lets in.",
      simple_rnn: "Input and previous state are mixed and squashed: that is the new state.",
    },
    attention: {
      waiting: "First the decoder has a query: the question it asks of every encoder state.",
      scores: "The query is compared with every encoder state: a score each.",
      weights: "Softmax turns the scores into weights that add up to 1.",
      context: "Each state, faded by its weight; their sum is the context.",
    },
    waiting: "The encoder is still reading.",
    alignment: "One row for each written token: where the decoder looked. Click a cell to go there.",
    choices: (token) => `Every token of the vocabulary gets a probability. “${token}” was written.`,
    steps: {
      input: "The token written last comes in, with the state so far.",
      cell: "The cell makes the new state.",
      scores: "The query is compared with every encoder state.",
      weights: "The scores become weights.",
      context: "The weighted sum of the encoder states: the context.",
      combine: "Laid end to end and sent through one layer: the vector that predicts.",
      choose: "Softmax over the vocabulary; the likeliest token is written.",
    },
    stepBefore: "It looks before the cell runs: the previous state asks.",
    bottleneck: "All that the decoder knows of the source is in this one vector.",
  },
};

/** The texts in a language. */
export function textsIn(language: Language): Texts {
  return language === "zh" ? CHINESE : ENGLISH;
}
