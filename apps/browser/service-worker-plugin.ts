import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformWithEsbuild, type Plugin } from "vite";

/** Files that few visitors need: kept for a visit without a network when they are first fetched. */
const LATE = /webgl|webgpu|tfjs-backend-wasm\.wasm|licences/;
const SOURCE = fileURLToPath(new URL("./service-worker/service-worker.ts", import.meta.url));

/** Writes `service-worker.js`, which knows every file of the build with its hash. */
export function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    enforce: "post",
    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        const files = Object.values(bundle).map((output) => {
          const content = output.type === "chunk" ? output.code : output.source;
          const integrity = `sha256-${createHash("sha256").update(content).digest("base64")}`;
          return { path: output.fileName, integrity, early: !LATE.test(output.fileName) };
        }).sort((a, b) => (a.path < b.path ? -1 : 1));
        const list = JSON.stringify(files);
        const { code } = await transformWithEsbuild(readFileSync(SOURCE, "utf8"), SOURCE, {
          minify: true,
          define: { PAGE_FILES: list, PAGE_VERSION: JSON.stringify(createHash("sha256").update(list).digest("hex").slice(0, 16)) },
          sourcemap: false,
        });
        this.emitFile({ type: "asset", fileName: "service-worker.js", source: code });
      },
    },
  };
}
