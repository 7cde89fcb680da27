import type { Device } from "./device.js";
import type { Operation } from "./operations/operation.js";
import type { Program } from "./program.js";
import type { Value } from "./value.js";

/** `while (condition(values)) values = body(values)`. */
export class Loop implements Operation {
  constructor(private readonly condition: Program, private readonly body: Program) {}

  readonly device = (device: Device, inputs: readonly Value[]): Value[] => {
    let values: Value[] = inputs.map((value) => value.retain());
    try {
      while (this.goesOn(device, values)) {
        const next = this.body.run(device, values);
        for (const value of values) value.release();
        values = next;
      }
      return values;
    } catch (error) {
      for (const value of values) value.release();
      throw error;
    }
  };

  private goesOn(device: Device, values: readonly Value[]): boolean {
    const [condition] = this.condition.run(device, values) as [Value];
    try {
      return Boolean(device.readNow(condition)[0]);
    } finally {
      condition.release();
      device.freeUploads();
    }
  }
}
