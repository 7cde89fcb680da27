/** How hypotheses of different lengths are compared. */
export type LengthNormalization = "mean" | "gnmt" | "none";

export const LENGTH_NORMALIZATIONS: readonly LengthNormalization[] = ["mean", "gnmt", "none"];

/**
 * What the log-probability of a target of `length` tokens, its end token included, is divided by.
 *
 *     "mean"  length ** alpha              with alpha 1 the mean log-probability of a token
 *     "gnmt"  ((5 + length) / 6) ** alpha  (Wu et al. 2016, eq. 14)
 *     "none"  1                            the most probable target wins; short ones are favoured
 *
 * In float32, as in the other runtimes. A length of 0 counts as 1.
 */
export function lengthDivisor(normalization: LengthNormalization, alpha: number, length: number): number {
  const atLeastOne = Math.max(length, 1);
  if (normalization === "none") return 1;
  const base = normalization === "mean" ? atLeastOne : Math.fround((5 + atLeastOne) / 6);
  return Math.fround(base ** Math.fround(alpha));
}
