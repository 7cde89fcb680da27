import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const FILES = ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm"];

/** Lays the programs of the wasm backend beside the scripts. */
export function wasmFiles(): Plugin {
  return {
    name: "wasm-files",
    generateBundle() {
      for (const name of FILES) {
        const path = new URL(`./node_modules/@tensorflow/tfjs-backend-wasm/dist/${name}`, import.meta.url);
        this.emitFile({ type: "asset", fileName: name, source: readFileSync(fileURLToPath(path)) });
      }
    },
  };
}
