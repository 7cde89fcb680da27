/// <reference types="vite/client" />
import { expect, test } from "vitest";

// Until the runtime has a graph executor of its own there is nothing to compare with.
const modules = import.meta.glob<{ OPERATIONS: ReadonlyMap<string, unknown> }>("../runtime/graph/operations/index.ts",
  { eager: true });
/** What the compiler itself knows. */
const BUILT_IN = ["Const", "Placeholder", "StatelessWhile", "While"];

test.skipIf(Object.keys(modules).length === 0)("the exporter's list of operations is the runtime's", async () => {
  const names = Object.values(modules).flatMap(({ OPERATIONS }) => [...OPERATIONS.keys()]);
  const list = `${JSON.stringify([...names, ...BUILT_IN].sort(), undefined, 1)}\n`;
  await expect(list).toMatchFileSnapshot("../../../keras_s2s/export/browser_operations.json");
});
