import type { Run, Values } from "../search/run.js";
import type { StepOutput, Steps } from "../search/search.js";
import type { Tensors } from "./trace-tensors.js";

/** The steps of a run, in some of which other attention rows take the place of the model's own, and what they gave. */
export class TracedSteps implements Steps {
  /** The kept outputs of each step that was taken. */
  readonly taken: Tensors[] = [];
  private number = 0;

  /**
   * @param weights - attention rows (Tx,) by step.
   * @param outputs - what is kept of each step.
   */
  constructor(
    private readonly run: Run,
    private readonly weights: ReadonlyMap<number, Float32Array>,
    private readonly outputs: readonly string[] = [],
  ) {}

  get sourceTime(): number {
    return this.run.sourceTime;
  }

  async step<Name extends StepOutput>(tokens: Int32Array, outputs: readonly Name[]): Promise<Record<Name, Values>> {
    const names = [...new Set<string>([...outputs, ...this.outputs])];
    const found = await this.run.step(tokens, names, this.override(this.weights.get(this.number++)));
    this.taken.push(found);
    return found;
  }

  reorder(parents: Int32Array): void {
    this.run.reorder(parents);
  }

  private override(row: Float32Array | undefined) {
    if (row === undefined) return undefined;
    const { rows } = this.run;
    const weights = new Float32Array(rows * row.length);
    for (let place = 0; place < rows; place++) weights.set(row, place * row.length);
    return { weights, use: new Uint8Array(rows).fill(1) };
  }
}
