/** All that the page takes from the runtime. The build leaves the runtime a file of its own, for other pages too. */
export { load, UserError } from "../runtime/index.js";
export type {
  BackendName, DecodingOptions, Model, ModelInfo, Progress, TokenEvent, Trace, Translation,
} from "../runtime/index.js";

/** What the page asks of `intervene`. Steps and positions count from 0. */
export interface Interventions {
  force?: Readonly<Record<number, string>>;
  attention?: Readonly<Record<number, readonly number[]>>;
  mute?: readonly number[];
  swap?: string;
}
