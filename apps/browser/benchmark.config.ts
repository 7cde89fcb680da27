import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds what the benchmark compares with, `peer.js`, into the folder that `--outDir` names. */
export default defineConfig({
  root: file("./benchmark"),
  publicDir: false,
  build: {
    target: "es2022",
    modulePreload: false,
    chunkSizeWarningLimit: 2000,
    rollupOptions: {
      input: file("./benchmark/peer.ts"),
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "peer.js", inlineDynamicImports: true },
    },
  },
});
