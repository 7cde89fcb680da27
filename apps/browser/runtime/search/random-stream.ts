import { SeedSequence } from "./seed-sequence.js";

/**
 * The numbers of `numpy.random.default_rng(seed).random(dtype="float32")`: permuted congruential generator with 128 bits
 * of state, XSL RR output (O'Neill 2014, section 6.3).
 */
export class RandomStream {
  private state: bigint;
  private readonly increment: bigint;
  /** The upper half of the last output, which is given out after the lower one. */
  private pending: number | undefined;

  /** @param seed - whole numbers from 0. */
  constructor(seed: Iterable<number>) {
    const [high, low, incrementHigh, incrementLow] = new SeedSequence(seed).state(4) as [bigint, bigint, bigint, bigint];
    this.increment = (((incrementHigh << 64n) | incrementLow) << 1n | 1n) & MASK_128;
    this.state = this.following((this.increment + ((high << 64n) | low)) & MASK_128);
  }

  /** The next number, at least 0 and below 1: a multiple of 2^-24. */
  next(): number {
    return (this.word() >>> 8) / 2 ** 24;
  }

  private word(): number {
    if (this.pending !== undefined) {
      const word = this.pending;
      this.pending = undefined;
      return word;
    }
    this.state = this.following(this.state);
    const folded = (this.state >> 64n) ^ (this.state & MASK_64);
    const rotation = this.state >> 122n;
    const output = ((folded >> rotation) | (folded << (64n - rotation))) & MASK_64;
    this.pending = Number(output >> 32n);
    return Number(output & 0xffffffffn);
  }

  private following(state: bigint): bigint {
    return (state * MULTIPLIER + this.increment) & MASK_128;
  }
}

const MASK_64 = (1n << 64n) - 1n;
const MASK_128 = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;
