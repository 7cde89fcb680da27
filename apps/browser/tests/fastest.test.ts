import { expect, it } from "vitest";
import { fastest } from "../runtime/fastest.js";

const pick = (times: Record<string, number | Error>) => fastest(Object.keys(times), async (name) => {
  const time = times[name]!;
  if (time instanceof Error) throw time;
  return time;
});

it("takes the fastest", async () => {
  expect(await pick({ wasm: 10, cpu: 30 })).toBe("wasm");
  expect(await pick({ wasm: 30, cpu: 10 })).toBe("cpu");
  expect(await pick({ wasm: 30, cpu: 10, webgpu: 5 })).toBe("webgpu");
});

it("keeps the earlier one where they are about even", async () => {
  expect(await pick({ wasm: 10, cpu: 9 })).toBe("wasm");
});

it("leaves out what fails", async () => {
  expect(await pick({ wasm: new Error("no such kernel"), cpu: 100 })).toBe("cpu");
  expect(await pick({ wasm: new Error("no such kernel") })).toBeUndefined();
});
