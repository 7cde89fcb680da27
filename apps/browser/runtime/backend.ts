import { env, setBackend } from "@tensorflow/tfjs-core";
import { UserError } from "./errors.js";
import { quoted } from "./quoted.js";

/** Where the arithmetic runs. */
export type BackendName = "wasm" | "cpu" | "webgl" | "webgpu";

const NAMES: readonly BackendName[] = ["wasm", "cpu", "webgl", "webgpu"];

/**
 * What `"auto"` tries. A small recurrent step is dominated by the cost per operation: a graphics processor loses, and
 * merely starting it takes longer than many translations.
 */
const AUTOMATIC: readonly BackendName[] = ["wasm", "cpu"];

/** The backends that `wanted` means. */
export function candidates(wanted: BackendName | "auto" | readonly BackendName[]): readonly BackendName[] {
  const names = wanted === "auto" ? AUTOMATIC : typeof wanted === "string" ? [wanted] : wanted;
  const isList = typeof names === "object" && names !== null && names.length > 0;
  const unknown: unknown = isList ? names.find((name) => !NAMES.includes(name)) : wanted;
  if (unknown !== undefined) {
    throw new UserError(`The backend ${typeof unknown === "string" ? unknown : quoted(unknown)} does not exist`,
      `There are ${NAMES.map((name) => `"${name}"`).join(", ")}, a list of them, and "auto"`, 'Leave it out, or use "auto"');
  }
  return names;
}

/** Loads and activates a backend; says whether it works here. */
export async function activate(name: BackendName): Promise<boolean> {
  try {
    await register(name);
    return await setBackend(name);
  } catch {
    return false;
  }
}

const NEEDS: Readonly<Record<BackendName, string>> = {
  wasm: "WebAssembly (under a Content-Security-Policy, 'wasm-unsafe-eval')",
  webgl: "WebGL, and its file, which is fetched when it is first used",
  webgpu: "WebGPU (a graphics card, a page from https or this machine), and its file, which is fetched when it is first used",
  cpu: "JavaScript alone",
};

/** Why none of `names` can be used. */
export function noBackend(names: readonly BackendName[]): UserError {
  const one = names.length === 1;
  return new UserError(
    `The backend${one ? "" : "s"} ${names.join(", ")} ${one ? "does" : "do"} not start in this browser`,
    names.map((name) => `${name} needs ${NEEDS[name]}`).join(", "),
    'Use backend "auto" or "cpu"',
  );
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
    case "webgpu":
      await import("@tensorflow/tfjs-backend-webgpu");
      return;
    case "wasm": {
      const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
      // Left out on purpose: TF.js starts its threads from blobs, which a strict Content-Security-Policy forbids, and
      // they need page headers that a plain static host does not send. SIMD is used where the browser has it.
      env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
      // The .wasm files lie next to this script. By way of a constant: see worker/start-worker.ts.
      const here = import.meta.url;
      const simd = new URL("./tfjs-backend-wasm-simd.wasm", here).href;
      setWasmPaths({
        "tfjs-backend-wasm.wasm": new URL("./tfjs-backend-wasm.wasm", here).href,
        "tfjs-backend-wasm-simd.wasm": simd,
        // TF.js insists on an address, though threads are off.
        "tfjs-backend-wasm-threaded-simd.wasm": simd,
      });
    }
  }
}
