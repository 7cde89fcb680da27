import type { Phase } from "./phases.js";
import type { Language, ViewName } from "./view-state.js";
import { ENGLISH } from "./texts-en.js";
import { CHINESE } from "./texts-zh.js";

/** Every word on the screen that does not come from the trace. */
export interface Texts {
  readonly views: Readonly<Record<ViewName, string>>;
  readonly phases: Readonly<Record<Phase, string>>;
  readonly zooms: readonly [string, string, string];
  /** What opens the black box, and what unrolls its halves. */
  readonly open: string;
  readonly unroll: string;
  readonly state: string;
  readonly viewsLabel: string;
  readonly play: string;
  readonly pause: string;
  readonly back: string;
  readonly forward: string;
  readonly speed: string;
  readonly time: string;
  readonly reading: (token: string, number: number, of: number) => string;
  readonly writing: (token: string, number: number, of: number) => string;
  readonly step: (number: number, of: number) => string;
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
  readonly unitsACell: (units: number) => string;
  readonly range: (lowest: string, highest: string) => string;
  readonly nothingYet: string;
  readonly nothingWritten: string;
  readonly truncated: (tokens: number) => string;
  readonly signs: Readonly<Record<"piece" | "space", string>>;
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
  readonly withAttention: string;
  readonly withoutAttention: string;
  /** What the numbers in the tree of the beam are. */
  readonly beamScore: string;
  /** What a step gets of the source where only the first state has it. */
  readonly nothingMore: (state: string) => string;
  readonly seeStep: string;
  readonly fromEncoder: string;
  readonly firstStepOnly: string;
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
  /** The weights, under each of which lies what its position got so far. */
  readonly weightsCovered: string;
  /** The heading of the encoder's states, before the weights are multiplied in and after it. */
  readonly encoderState: string;
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
  readonly formulaNote: string;
  /** While the encoder reads, whose gates no trace has. */
  readonly noGates: string;
  readonly alternatives: string;
  readonly beam: string;
  readonly beamBest: string;
  readonly score: string;
  readonly overridden: Readonly<Record<"token" | "weights" | "mask", string>>;
  readonly pointHint: string;
  /** The same where a finger points. */
  readonly tapHint: string;
  readonly states: (part: string, columns: number) => string;
  readonly looksAt: (written: string, places: readonly string[]) => string;
  readonly cell: (written: string, source: string, weight: string) => string;
  readonly map: (rows: number, columns: number) => string;
  readonly nearestHere: string;
  readonly nearestAll: string;
  /** What the user may change in a run, and let the model go on from there. */
  readonly change: {
    readonly source: string;
    readonly mute: string;
    readonly replaceBy: string;
    readonly replace: string;
    readonly writeThis: (token: string) => string;
    readonly other: string;
    readonly write: string;
    readonly weightOf: (token: string) => string;
    readonly goOn: string;
    readonly undo: string;
    readonly byHand: string;
  };
  readonly changed: string;
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
  readonly attention: Readonly<Record<"waiting" | "scores" | "weights" | "window" | "context", string>>;
  readonly waiting: string;
  readonly silent: string;
  readonly alignment: string;
  readonly choices: (token: string) => string;
  readonly steps: Readonly<Record<Phase, string>>;
  readonly stepBefore: string;
  readonly stepAfter: string;
  readonly bottleneck: string;
}

/** The texts in a language. */
export function textsIn(language: Language): Texts {
  return language === "zh" ? CHINESE : ENGLISH;
}
