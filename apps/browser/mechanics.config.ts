import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds `<seq2seq-mechanics>`, the view of a trace, as one module that loads nothing. */
export default defineConfig({
  root: file("../mechanics"),
  publicDir: false,
  build: {
    outDir: file("../../keras_s2s/assets/mechanics"),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    rollupOptions: {
      // Not Vite's library mode, which leaves the white space in.
      input: file("../mechanics/index.ts"),
      preserveEntrySignatures: "strict",
      output: { entryFileNames: "mechanics.js" },
    },
  },
});
