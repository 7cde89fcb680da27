import { activate, candidates } from "./backend.js";
import { Bundle } from "./bundle.js";
import { chooseBackend } from "./choose-backend.js";
import type { LoadOptions } from "./load-options.js";
import { LocalModel } from "./local-model.js";
import { turns } from "./turns.js";

/** Loads the model of the folder `url` (absolute) into this thread. */
export async function openModel(url: string, { backend = "auto", ...reading }: LoadOptions): Promise<LocalModel> {
  const names = candidates(backend);
  // While the model is on its way, the likeliest backend is fetched and started.
  const [bundle] = await Promise.all([Bundle.download(url, reading), turns.take(() => activate(names[0]!))]);
  const chosen = await chooseBackend(bundle, names);
  reading.signal?.throwIfAborted();
  return new LocalModel(bundle, chosen);
}
