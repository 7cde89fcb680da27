import { activate } from "./backend.js";
import { Bundle } from "./bundle.js";
import type { LoadOptions } from "./load-options.js";
import { LocalModel } from "./local-model.js";
import { turns } from "./turns.js";

/** Loads the model of the folder `url` (absolute) into this thread. */
export async function openModel(url: string, { backend = "auto", ...reading }: LoadOptions): Promise<LocalModel> {
  const [bundle, active] = await Promise.all([Bundle.download(url, reading), turns.take(() => activate(backend))]);
  return new LocalModel(bundle, active);
}
