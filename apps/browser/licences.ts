import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

interface Package {
  name: string;
  version: string;
  license: string;
}

/** Writes `licences.txt`: the packages whose code is in the build, with their licence texts. */
export function licences(): Plugin {
  return {
    name: "licences",
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const output of Object.values(bundle)) {
        if (output.type !== "chunk") continue;
        for (const module of output.moduleIds) {
          const folder = /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(module)?.[1];
          if (folder !== undefined) folders.add(folder);
        }
      }
      const packages = [...folders].sort().map((folder) => {
        const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Package;
        return { label: `${name} ${version} (${license})`, license, text: licenceText(folder) };
      });
      const labels = new Map<string, string[]>();
      for (const { label, license, text } of packages) {
        // A package without the text of its own means the same licence as another one that carries it.
        const shown = text ?? packages.find((other) => other.license === license && other.text)?.text ?? license;
        labels.set(shown, [...(labels.get(shown) ?? []), label]);
      }
      const sections = [...labels].map(([text, names]) => `${names.join("\n")}\n\n${text.trim()}\n`);
      const source = sections.join(`\n${"-".repeat(80)}\n\n`);
      this.emitFile({ type: "asset", fileName: "licences.txt", source });
    },
  };
}

function licenceText(folder: string): string | undefined {
  const name = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  return name === undefined ? undefined : readFileSync(join(folder, name), "utf8");
}
