import type { Device } from "./device.js";
import { HostValue } from "./host-value.js";
import { OPERATIONS } from "./operations/index.js";
import type { Value } from "./value.js";

const GATHER = OPERATIONS.get("GatherV2")!;
const FIRST_AXIS = HostValue.of("int32", [], [0]);

/** Rows of a value by their numbers, as a new value. The given one stays its owner's. */
export function gatherRows(device: Device, value: Value, rows: ArrayLike<number>): Value {
  const inputs = [value, HostValue.of("int32", [rows.length], rows), FIRST_AXIS] as const;
  const found = value instanceof HostValue
    ? GATHER.host!(inputs as readonly HostValue[], {})
    : GATHER.device!(device, inputs, {});
  device.freeUploads();
  return found as Value;
}
