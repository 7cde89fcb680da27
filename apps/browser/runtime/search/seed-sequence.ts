/**
 * Makes the state of a random number generator of whole numbers, so that near seeds give unrelated streams: the hash
 * that NumPy's `SeedSequence` computes (after O'Neill 2015, "Developing a seed_seq alternative").
 */
export class SeedSequence {
  private readonly pool = new Uint32Array(POOL_SIZE);

  /** @param entropy - whole numbers from 0, at most 2^53 - 1. */
  constructor(entropy: Iterable<number>) {
    const words = [...entropy].flatMap(wordsOf);
    const hash = hasher(0x43b0d7e5, 0x931e8875);
    for (let place = 0; place < POOL_SIZE; place++) this.pool[place] = hash(words[place] ?? 0);
    for (let source = 0; source < POOL_SIZE; source++) {
      for (let place = 0; place < POOL_SIZE; place++) {
        if (place !== source) this.pool[place] = mix(this.pool[place]!, hash(this.pool[source]!));
      }
    }
    for (const word of words.slice(POOL_SIZE)) {
      for (let place = 0; place < POOL_SIZE; place++) this.pool[place] = mix(this.pool[place]!, hash(word));
    }
  }

  /** So many words of 64 bits. */
  state(number: number): bigint[] {
    const hash = hasher(0x8b51f9dd, 0x58f38ded);
    const next = (place: number): bigint => BigInt(hash(this.pool[place % POOL_SIZE]!));
    return Array.from({ length: number }, (_, i) => {
      const low = next(2 * i);
      return low | (next(2 * i + 1) << 32n);
    });
  }
}

const POOL_SIZE = 4;

/** Least significant word first; 0 is one word. */
function wordsOf(value: number): number[] {
  const high = Math.floor(value / 2 ** 32);
  return high === 0 ? [value] : [value >>> 0, high];
}

/** A hash whose constant changes with every call. */
function hasher(initial: number, multiplier: number): (value: number) => number {
  let constant = initial;
  return (value) => {
    const mixed = (value ^ constant) >>> 0;
    constant = Math.imul(constant, multiplier) >>> 0;
    const product = Math.imul(mixed, constant) >>> 0;
    return (product ^ (product >>> 16)) >>> 0;
  };
}

function mix(left: number, right: number): number {
  const product = (Math.imul(left, 0xca01f9dd) - Math.imul(right, 0x4973f715)) >>> 0;
  return (product ^ (product >>> 16)) >>> 0;
}
