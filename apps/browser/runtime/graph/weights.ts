import type { WeightPlace } from "../formats.js";
import type { Device } from "./device.js";
import type { DeviceValue } from "./device-value.js";
import { HostValue } from "./host-value.js";
import { type Numbers, sizeOf, type Value } from "./value.js";

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
    const key = `${place.offset} ${place.dtype} ${place.shape.join()} ${JSON.stringify(place.quantization)}`;
    let value = this.shared.get(key);
    if (value === undefined) {
      value = this.read(place);
      this.shared.set(key, value);
    }
    return value;
  }

  private read(place: WeightPlace): HostValue | DeviceValue {
    const value = new HostValue(place.dtype, place.shape, numbersOf(this.stored, place));
    if (place.dtype === "float32" && sizeOf(place.shape) > SMALL) return this.device.upload(value);
    value.lasting = true;
    return value;
  }
}

function numbersOf(stored: Uint8Array, { dtype, offset, bytes, quantization }: WeightPlace): Numbers {
  const own = stored.slice(offset, offset + bytes).buffer;
  if (dtype === "int32") return new Int32Array(own);
  if (dtype === "bool") return new Uint8Array(own);
  return quantization === undefined ? new Float32Array(own) : fromHalves(new Uint16Array(own));
}

/** IEEE 754 half precision to single. */
function fromHalves(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction ? NaN : sign * Infinity;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
}
