/** `length` items from `first` on in one list are those from `second` on in the other. */
export interface Block {
  first: number;
  second: number;
  length: number;
}

/**
 * What two lists have in common, in order: the longest run of equal items (the first of equally long ones), then the
 * same to the left of it and to the right (Ratcliff and Metzener 1988).
 */
export function matchingBlocks<Item>(first: readonly Item[], second: readonly Item[]): Block[] {
  const blocks: Block[] = [];
  const parts = [{ from: 0, to: first.length, otherFrom: 0, otherTo: second.length }];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const { from, to, otherFrom, otherTo } = part;
    const block = longestBlock(first, second, from, to, otherFrom, otherTo);
    if (block.length === 0) continue;
    blocks.push(block);
    parts.push({ from, to: block.first, otherFrom, otherTo: block.second });
    parts.push({ from: block.first + block.length, to, otherFrom: block.second + block.length, otherTo });
  }
  return blocks.sort((a, b) => a.first - b.first);
}

/** How alike two lists are, from 0 to 1: twice what they have in common, divided by all their items. */
export function likeness<Item>(first: readonly Item[], second: readonly Item[]): number {
  const all = first.length + second.length;
  return all === 0 ? 1 : (2 * matchingBlocks(first, second).reduce((sum, block) => sum + block.length, 0)) / all;
}

function longestBlock<Item>(
  first: readonly Item[],
  second: readonly Item[],
  from: number,
  to: number,
  otherFrom: number,
  otherTo: number,
): Block {
  let best: Block = { first: from, second: otherFrom, length: 0 };
  // How long the run is that ends at each place of the second list, for the item before in the first.
  let before = new Uint32Array(otherTo + 1);
  for (let place = from; place < to; place++) {
    const lengths = new Uint32Array(otherTo + 1);
    for (let other = otherFrom; other < otherTo; other++) {
      if (first[place] !== second[other]) continue;
      const length = before[other]! + 1;
      lengths[other + 1] = length;
      if (length > best.length) best = { first: place - length + 1, second: other - length + 1, length };
    }
    before = lengths;
  }
  return best;
}
