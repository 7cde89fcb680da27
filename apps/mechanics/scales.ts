export type Colour = readonly [red: number, green: number, blue: number];

const LEVELS = 256;

/** A colour `#rrggbb` as numbers from 0 to 255. */
export function parseColour(text: string): Colour {
  const bits = Number.parseInt(text.slice(1), 16);
  return [bits >> 16, (bits >> 8) & 255, bits & 255];
}

/** A way through colours, from 0 to 1, equal steps looking equally large (mixed in OKLab, Ottosson 2020). */
export class Ramp {
  private readonly levels: readonly Colour[];

  constructor(...stops: readonly string[]) {
    const points = stops.map((stop) => toOklab(parseColour(stop)));
    this.levels = Array.from({ length: LEVELS }, (_, level) => {
      const place = (level / (LEVELS - 1)) * (points.length - 1);
      const index = Math.min(Math.floor(place), points.length - 2);
      const [from, to] = [points[index]!, points[index + 1]!];
      return fromOklab(from.map((value, axis) => value + (to[axis]! - value) * (place - index)) as unknown as Colour);
    });
  }

  /** The colour at `place`; what lies outside of 0 to 1 gets the end's. */
  at(place: number): Colour {
    const inside = Number.isNaN(place) ? 0 : Math.min(Math.max(place, 0), 1);
    return this.levels[Math.round(inside * (LEVELS - 1))]!;
  }
}

/** Where a value stands on a diverging scale from -limit to limit: zero at one half. */
export function diverging(value: number, limit: number): number {
  return limit > 0 ? 0.5 + value / (2 * limit) : 0.5;
}

/** `softmax(scores / temperature)`. A temperature towards 0 leaves only the largest, a high one makes all alike. */
export function softmax(scores: readonly number[], temperature = 1): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp((score - highest) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * The weights that the same scores would give at another temperature. What the attention multiplies the softmax with
 * (local attention's window) is kept.
 */
export function reweigh(scores: readonly number[], weights: readonly number[], temperature: number): number[] {
  if (temperature === 1) return [...weights];
  // Positions out of sight, which local attention leaves out of the softmax, stay so.
  const seen = scores.map((score, index) => (weights[index] === 0 ? -Infinity : score));
  const plain = softmax(seen);
  return softmax(seen, temperature).map((weight, index) => {
    const window = plain[index]! > 0 ? weights[index]! / plain[index]! : 0;
    // A trace's numbers are rounded: what differs by so little is no window.
    return Math.abs(window - 1) < 1e-3 ? weight : weight * Math.min(window, 1);
  });
}

/** The sum of `rows`, each times its weight. */
export function weightedSum(rows: readonly (readonly number[])[], weights: readonly number[]): number[] {
  const sum = new Array<number>(rows[0]?.length ?? 0).fill(0);
  rows.forEach((row, index) => {
    const weight = weights[index]!;
    if (weight !== 0) row.forEach((value, unit) => { sum[unit] = sum[unit]! + weight * value; });
  });
  return sum;
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function display(value: number): number {
  const curved = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(Math.max(curved, 0), 1) * 255);
}

function toOklab(colour: Colour): Colour {
  const [red, green, blue] = colour.map(linear) as unknown as Colour;
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const medium = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short];
}

function fromOklab([lightness, a, b]: Colour): Colour {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [display(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    display(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    display(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short)];
}
