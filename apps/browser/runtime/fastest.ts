/** By how much another candidate must be quicker than an earlier one: small differences are chance. */
const CLEARLY = 0.85;

/**
 * The candidate with the shortest time; the earlier one where they are about even. A candidate whose time cannot be
 * taken does not count; undefined where none does.
 */
export async function fastest<Name>(
  candidates: readonly Name[],
  milliseconds: (candidate: Name) => Promise<number>,
): Promise<Name | undefined> {
  let best: { candidate: Name; time: number } | undefined;
  for (const candidate of candidates) {
    const time = await milliseconds(candidate).catch(() => undefined);
    if (time !== undefined && (best === undefined || time < CLEARLY * best.time)) best = { candidate, time };
  }
  return best?.candidate;
}
