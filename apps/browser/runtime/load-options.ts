import type { BackendName } from "./backend.js";
import type { Progress } from "./bundle.js";

/** Options of `load`. */
export interface LoadOptions {
  /**
   * Where to compute: a backend, or several of which the fastest is taken, by a quick measurement with this model on the
   * first visit. `"auto"` (default) is `["wasm", "cpu"]`.
   */
  backend?: BackendName | "auto" | readonly BackendName[];
  /** Hears of every piece that was downloaded. */
  onProgress?: (progress: Progress) => void;
  /**
   * Whether the model lives in a thread of its own, so that the page never waits (default). Where a worker cannot be
   * started, the model lives in the page's thread; `info.worker` says where it does.
   */
  worker?: boolean;
  /** Stops loading: `load` rejects with the signal's reason. */
  signal?: AbortSignal;
}
