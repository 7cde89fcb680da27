import type { Device } from "./device.js";
import { HostValue } from "./host-value.js";
import type { Instruction } from "./instruction.js";
import type { Value } from "./value.js";

/** The operations between some inputs of a graph and some of its outputs, in an order in which they can run. */
export class Program {
  /**
   * `size`: how many values there are; `parameters`: the places of the inputs; `results`: those of the outputs;
   * `constants`: what is there from the beginning.
   */
  constructor(
    private readonly size: number,
    private readonly parameters: readonly number[],
    private readonly constants: ReadonlyMap<number, Value>,
    private readonly instructions: readonly Instruction[],
    private readonly results: readonly number[],
  ) {}

  /** Runs it. The inputs stay their owner's; the results are the caller's. */
  run(device: Device, inputs: readonly Value[]): Value[] {
    const values = new Array<Value | undefined>(this.size);
    for (const [place, value] of this.constants) values[place] = value;
    this.parameters.forEach((place, index) => (values[place] = inputs[index]));
    const made = new Set<number>();
    try {
      for (const instruction of this.instructions) {
        this.perform(instruction, values, device);
        for (const place of instruction.outputs) made.add(place);
        for (const place of instruction.frees) {
          made.delete(place);
          values[place]!.release();
        }
      }
      return this.results.map((place) => values[place]!.retain());
    } finally {
      for (const place of made) values[place]!.release();
    }
  }

  private perform({ operation, attributes, inputs, outputs }: Instruction, values: (Value | undefined)[], device: Device): void {
    const given = inputs.map((place) => values[place]!);
    const { host, device: there } = operation;
    try {
      const found = host !== undefined && given.every((value) => value instanceof HostValue)
        ? host(given, attributes)
        : there!(device, given, attributes);
      if (Array.isArray(found)) outputs.forEach((place, index) => (values[place] = found[index]));
      else values[outputs[0]!] = found;
    } finally {
      device.freeUploads();
    }
  }
}
