import type { Device } from "../device.js";
import type { HostValue } from "../host-value.js";
import type { Attribute } from "../instruction.js";
import type { Value } from "../value.js";

export type Attributes = Readonly<Record<string, Attribute>>;

/** What a node does. The results are new values, or inputs that were retained: the caller owns them. */
export interface Operation {
  /** Where all inputs are in JavaScript's memory. */
  readonly host?: (inputs: readonly HostValue[], attributes: Attributes) => Value | Value[];
  /** Everywhere else. */
  readonly device?: (device: Device, inputs: readonly Value[], attributes: Attributes) => Value | Value[];
}
