import { UserError } from "./errors.js";
import type { WeightPlace } from "./formats.js";

/** A tensor's numbers; bools are 0 and 1. */
export interface Weight {
  name: string;
  shape: number[];
  dtype: WeightPlace["dtype"];
  data: Float32Array | Int32Array | Uint8Array;
}

/** A tensor as the numbers to compute with, from the bytes of weights.bin. */
export function decodeWeight(place: WeightPlace, stored: Uint8Array): Weight {
  const { name, shape, dtype, ranges } = place;
  const bytes = new Uint8Array(ranges.reduce((sum, [, length]) => sum + length, 0));
  let position = 0;
  for (const [offset, length] of ranges) {
    if (offset + length > stored.length) {
      throw new UserError(`The weight ${name} lies behind the end of weights.bin`, `The file has ${stored.length} bytes`,
        "Export the model again and upload the whole folder");
    }
    bytes.set(stored.subarray(offset, offset + length), position);
    position += length;
  }
  const data = decode(place, bytes.buffer);
  const count = shape.reduce((product, length) => product * length, 1);
  if (data.length !== count) {
    throw new UserError(`The weight ${name} has ${data.length} numbers`, `Its shape [${shape.join(", ")}] has ${count}`,
      "Export the model again and upload the whole folder");
  }
  return { name, shape, dtype, data };
}

function decode(place: WeightPlace, bytes: ArrayBuffer): Weight["data"] {
  if (place.transposed === true) {
    const shape = [...place.shape].reverse();
    return transposed(decode({ ...place, shape, transposed: false }, bytes), shape[0]!, shape[1]!);
  }
  const { shape, dtype, quantization } = place;
  if (dtype === "int32") return new Int32Array(bytes);
  if (dtype === "bool") return new Uint8Array(bytes);
  if (quantization === undefined) return new Float32Array(bytes);
  if (quantization.dtype === "float16") return Float32Array.from(new Uint16Array(bytes), (bits) => float16(bits));
  return lanes(bytes, shape, quantization.axis);
}

function transposed(data: Weight["data"], rows: number, columns: number): Weight["data"] {
  const turned = data.slice();
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) turned[column * rows + row] = data[row * columns + column]!;
  }
  return turned;
}

/** A float16's number from its bits: sign, 5 of exponent, 10 of fraction. */
function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 0x400;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}

/** `scale * number + minimum`, a scale and a minimum for each lane along `axis`; computed in float64, rounded once. */
function lanes(bytes: ArrayBuffer, shape: readonly number[], axis: number): Float32Array {
  const length = shape[axis]!;
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const count = shape.reduce((product, size) => product * size, 1) / length;
  const scales = new Float32Array(bytes, 0, count);
  const minima = new Float32Array(bytes, 4 * count, count);
  const numbers = new Uint8Array(bytes, 8 * count);
  return Float32Array.from(numbers, (number, place) => {
    const lane = Math.floor(place / (inner * length)) * inner + (place % inner);
    return scales[lane]! * number + minima[lane]!;
  });
}
