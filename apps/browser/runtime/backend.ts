import { env, setBackend } from "@tensorflow/tfjs-core";
import { UserError } from "./errors.js";

/** Where the arithmetic runs. */
export type BackendName = "wasm" | "cpu" | "webgl";

/** Fastest first: small recurrent steps are dominated by the cost per operation, where webgl loses. */
const AUTOMATIC: readonly BackendName[] = ["wasm", "cpu"];

/** Loads and activates the backend asked for, or the first that works here; says which. */
export async function activate(wanted: BackendName | "auto"): Promise<BackendName> {
  const candidates = wanted === "auto" ? AUTOMATIC : [wanted];
  for (const name of candidates) {
    if (await works(name)) return name;
  }
  throw new UserError(
    `The backend ${wanted} does not start in this browser`,
    "wasm needs WebAssembly (under a Content-Security-Policy, 'wasm-unsafe-eval'); webgl needs WebGL",
    'Use backend "auto" or "cpu"',
  );
}

async function works(name: BackendName): Promise<boolean> {
  try {
    await register(name);
    return await setBackend(name);
  } catch {
    return false;
  }
}

/** Each backend is a file of its own, fetched only when it is wanted. */
async function register(name: BackendName): Promise<void> {
  switch (name) {
    case "cpu":
      await import("@tensorflow/tfjs-backend-cpu");
      return;
    case "webgl":
      await import("@tensorflow/tfjs-backend-webgl");
      return;
    case "wasm": {
      const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
      // The .wasm files lie next to this script. Threads would need workers made from blobs, which a strict
      // Content-Security-Policy forbids, and page headers that a plain static host does not send.
      env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
      const script = import.meta.url;
      setWasmPaths(new URL(".", script).href);
    }
  }
}
