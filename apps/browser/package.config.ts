import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { wasmFiles } from "./wasm-files.js";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Writes the addresses of worker and wasm files in the one form that bundlers recognise and follow. In the source they
 * go by way of a constant, so that this project's own builds leave them alone.
 */
function followedAddresses(): Plugin {
  return {
    name: "followed-addresses",
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== "chunk") continue;
        output.code = output.code.replace(/new URL\(("\.\/[^"]+"), here(?:\$\d+)?\)/g, "new URL($1, import.meta.url)");
      }
    },
  };
}

/** Builds what `npm pack` in `package/` publishes: the runtime as ES modules, TensorFlow.js left outside. */
export default defineConfig({
  root: file("./runtime"),
  publicDir: false,
  plugins: [
    wasmFiles(),
    followedAddresses(),
    {
      name: "licence",
      generateBundle() {
        this.emitFile({ type: "asset", fileName: "LICENSE", source: readFileSync(file("../../LICENSE")) });
      },
    },
  ],
  build: {
    outDir: file("./package/dist"),
    emptyOutDir: true,
    target: "es2022",
    minify: false,
    lib: {
      entry: { "keras-s2s": file("./runtime/index.ts"), "keras-s2s-worker": file("./runtime/worker/keras-s2s-worker.ts") },
      formats: ["es"],
    },
    rollupOptions: {
      external: /^@tensorflow\//,
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js" },
    },
  },
});
