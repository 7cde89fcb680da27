import { activate, type BackendName, noBackend } from "./backend.js";
import type { Bundle } from "./bundle.js";
import { fastest } from "./fastest.js";
import { KeptFiles } from "./files/kept-files.js";
import { LocalModel } from "./local-model.js";
import { turns } from "./turns.js";

/** What is measured: the best of some runs over a text's first tokens, after one run that warms up. */
const RUNS = 3;
const TOKENS = 8;

/** What was measured in an earlier visit. */
interface Note {
  /** Another version of the browser may have other favourites. */
  userAgent: string;
  candidates: string;
  backend: BackendName;
}

/**
 * Which of `candidates` runs the model fastest here: by a quick measurement with the model itself, once, whose outcome
 * is kept beside the model's files. Throws `UserError` where none works.
 */
export async function chooseBackend(bundle: Bundle, candidates: readonly BackendName[]): Promise<BackendName> {
  const kept = candidates.length > 1 ? await KeptFiles.open() : undefined;
  const context = { userAgent: navigator.userAgent, candidates: candidates.join() };
  const note = await kept?.note(bundle.weightsHash) as Note | undefined;
  if (note?.userAgent === context.userAgent && note.candidates === context.candidates && await starts(note.backend)) {
    return note.backend;
  }
  const working: BackendName[] = [];
  for (const name of candidates) if (await starts(name)) working.push(name);
  let failure: Error | undefined;
  const measured = (name: BackendName): Promise<number> => measure(bundle, name).catch((error: unknown) => {
    if (error instanceof Error) failure ??= error;
    throw error;
  });
  const backend = working.length > 1 ? await fastest(working, measured) : working[0];
  // Where it starts and the model does not run on it, the model is the reason.
  if (backend === undefined) throw failure ?? noBackend(candidates);
  await kept?.writeNote(bundle.weightsHash, { ...context, backend } satisfies Note);
  return backend;
}

function starts(name: BackendName): Promise<boolean> {
  return turns.take(() => activate(name));
}

/** Milliseconds for the first tokens of a translation. */
async function measure(bundle: Bundle, name: BackendName): Promise<number> {
  const model = new LocalModel(bundle, name);
  const text = bundle.config.examples[0] ?? "a b c 1 2 3";
  const times: number[] = [];
  try {
    for (let run = 0; run <= RUNS; run++) {
      const enough = new AbortController();
      const began = performance.now();
      const onToken = ({ position }: { position: number }): void => {
        if (position + 1 === TOKENS) enough.abort();
      };
      await model.translate(text, { onToken, signal: enough.signal }).catch((error: unknown) => {
        if (!enough.signal.aborted) throw error;
      });
      if (run > 0) times.push(performance.now() - began);
    }
  } finally {
    await model.dispose();
  }
  return Math.min(...times);
}
