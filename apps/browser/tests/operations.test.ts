import { expect, test } from "vitest";
import { OPERATIONS } from "../runtime/graph/operations/index.js";

/** What the compiler itself knows. */
const BUILT_IN = ["Const", "Placeholder", "StatelessWhile", "While"];

test("the exporter's list of operations is the runtime's", async () => {
  const list = `${JSON.stringify([...OPERATIONS.keys(), ...BUILT_IN].sort(), undefined, 1)}\n`;
  await expect(list).toMatchFileSnapshot("../../../keras_s2s/export/browser_operations.json");
});
