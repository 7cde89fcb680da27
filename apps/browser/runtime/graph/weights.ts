import type { WeightPlace } from "../formats.js";
import { decodeWeight } from "../weights.js";
import type { Device } from "./device.js";
import { HostValue } from "./host-value.js";
import type { Value } from "./value.js";

/** What is smaller stays in JavaScript's memory, too: scalars, shapes, axes. */
const SMALL = 64;

/** The weights of a model's graphs. What several graphs share is in the backend's memory once. */
export class Weights {
  private readonly shared = new Map<string, Value>();

  /** `stored`: the bytes of weights.bin. */
  constructor(private readonly stored: Uint8Array, private readonly device: Device) {}

  /** The constants of a graph by their nodes' names. They stay this object's. */
  constants(places: readonly WeightPlace[]): Map<string, Value> {
    return new Map(places.map((place) => [place.name, this.value(place)]));
  }

  dispose(): void {
    for (const value of this.shared.values()) value.release();
    this.shared.clear();
  }

  private value(place: WeightPlace): Value {
    const key = JSON.stringify({ ...place, name: "" });
    let value = this.shared.get(key);
    if (value === undefined) {
      value = this.read(place);
      this.shared.set(key, value);
    }
    return value;
  }

  private read(place: WeightPlace): Value {
    const { dtype, shape, data } = decodeWeight(place, this.stored);
    const value = new HostValue(dtype, shape, data);
    if (dtype === "float32" && data.length > SMALL) return this.device.upload(value);
    value.lasting = true;
    return value;
  }
}
