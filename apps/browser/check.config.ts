import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { licences } from "./licences.js";

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds the exporter's check: the runtime with TF.js' cpu backend as one module for Node. */
export default defineConfig({
  root: file("./check"),
  publicDir: false,
  plugins: [licences()],
  resolve: { alias: [{ find: /^@tensorflow\/tfjs-backend-(wasm|webgl|webgpu)$/, replacement: file("./check/absent.ts") }] },
  ssr: { noExternal: true },
  build: {
    ssr: file("./check/check.ts"),
    outDir: file("../../keras_s2s/assets/node"),
    emptyOutDir: true,
    target: "node20",
    minify: true,
    rollupOptions: {
      output: {
        entryFileNames: "check.mjs",
        inlineDynamicImports: true,
        // TF.js requires Node's own modules where it finds itself in Node.
        banner: 'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);',
      },
    },
  },
});
