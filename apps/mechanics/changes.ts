/**
 * The positions of `tokens` that are new or other than in `before`: those outside of a longest common subsequence.
 */
export function changed(before: readonly string[], tokens: readonly string[]): ReadonlySet<number> {
  const width = tokens.length + 1;
  // common[i * width + j]: how much of before[i:] and tokens[j:] is common.
  const common = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = tokens.length - 1; j >= 0; j--) {
      common[i * width + j] = before[i] === tokens[j] ? common[(i + 1) * width + j + 1]! + 1
        : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const found = new Set<number>();
  let i = 0;
  for (let j = 0; j < tokens.length;) {
    if (i < before.length && before[i] === tokens[j]) [i, j] = [i + 1, j + 1];
    else if (i < before.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!) i++;
    else found.add(j++);
  }
  return found;
}
