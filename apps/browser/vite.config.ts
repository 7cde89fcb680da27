import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { licences } from "./licences.js";
import { serviceWorker } from "./service-worker-plugin.js";
import { wasmFiles } from "./wasm-files.js";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: file("./page"),
  base: "./",
  publicDir: false,
  plugins: [
    licences(),
    wasmFiles(),
    serviceWorker(),
  ],
  build: {
    outDir: file("../../keras_s2s/assets/browser"),
    emptyOutDir: true,
    target: "es2022",
    // Preloading would put one more script and its polyfill into a page that loads two.
    modulePreload: false,
    chunkSizeWarningLimit: 1000,
    rollupOptions: {
      input: {
        page: file("./page/index.html"),
        "keras-s2s": file("./runtime/index.ts"),
        "keras-s2s-worker": file("./runtime/worker/keras-s2s-worker.ts"),
      },
      preserveEntrySignatures: "allow-extension",
      output: {
        // Fixed names: the build is committed, and a rebuild must give the same files.
        entryFileNames: "[name].js",
        chunkFileNames: ({ facadeModuleId, moduleIds, name }) => {
          if (facadeModuleId?.endsWith("/mechanics/index.ts")) return "mechanics.js";
          const backend = /tfjs-(backend-\w+)\/dist\/index/.exec(facadeModuleId ?? "")?.[1];
          const kind = moduleIds.some((id) => id.includes("/runtime/")) ? "keras-s2s" : "kernels";
          // What stands in for the modules of Node that TF.js asks for.
          const part = name.includes("browser-external") ? "no-node" : name.toLowerCase();
          return `${backend ?? `${kind}-${part}`}.js`;
        },
        assetFileNames: "[name][extname]",
      },
    },
  },
  test: { root: file("."), include: ["tests/**/*.test.ts"] },
});
