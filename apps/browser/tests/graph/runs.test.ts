import { expect, test } from "vitest";
import { graphLoop } from "../../runtime/graph-loop.js";
import { Graph } from "../../runtime/graph/graph.js";
import { gatherRows } from "../../runtime/graph/gather-rows.js";
import { Weights } from "../../runtime/graph/weights.js";
import { Run } from "../../runtime/search/run.js";
import { deviceOn, floats, living } from "./backends.js";

const named = (...names: string[]): Record<string, { name: string }> =>
  Object.fromEntries(names.map((name) => [name, { name }]));
const config = { padding_id: 0, end_id: 3, memory: ["source"], state: ["state"] } as never;
const rows = [[7, 8], [9]].map((ids) => ({ ids, surfaces: [], limit: 2, truncated: false }));

test("rows of a run stand side by side, follow their parents, and are freed", async () => {
  const device = await deviceOn("cpu");
  const before = living(device);
  const graph = (node: object[], inputs: string[], outputs: string[]): Graph => new Graph({
    format: "graph-model", modelTopology: { node: node as never }, weights: [],
    signature: { inputs: named(...inputs), outputs: named(...outputs) },
  }, new Weights(new Uint8Array(), device), device);
  const encode = graph([{ name: "state", op: "Exp", input: ["x"] }, { name: "x", op: "Cast", input: ["source"],
    attr: { DstT: { type: 1 } } }], ["source"], ["source", "state"]);
  const step = graph([{ name: "next", op: "Exp", input: ["state"] }, { name: "seen", op: "Neg", input: ["source"] }],
    ["token", "source", "state"], ["seen", "state"]);
  const run = await Run.begin({ encode, step }, config, rows, 2);
  const state = async () => Array.from((await run.step(new Int32Array(4), ["state"])).state.data).map(Math.log).map(Math.round);
  expect(Array.from((await run.step(new Int32Array(4), ["seen"])).seen.data)).toEqual([-7, -8, -7, -8, -9, 0, -9, 0].map((x) => x + 0));
  expect(await state()).toEqual([7, 8, 7, 8, 9, 0, 9, 0]);
  run.reorder(Int32Array.of(2, 1, 2, 0));
  expect(await state()).toEqual([9, 0, 7, 8, 9, 0, 7, 8]);
  // Other outputs, as many: another program.
  expect(Object.keys(await run.step(new Int32Array(4), ["seen"]))).toEqual(["seen"]);
  const exp = step.run({ state: floats([1], 0), source: floats([1], 2) }, ["seen"]);
  expect(device.readNow(exp.seen)[0]).toBe(-2);
  const same = step.run({ state: floats([1], 5), source: floats([1], 2) }, ["state"]);
  expect(device.readNow(same.state)[0]).toBe(5);
  for (const one of [exp.seen, same.state]) one.release();
  run.dispose();
  expect(living(device)).toBe(before);
  const value = device.upload(floats([2, 1], 1, 2));
  const found = gatherRows(device, value, [1, 0]);
  expect(living(device) - before).toBe(2);
  for (const one of [found, value]) one.release();
});

test("the graph's own loop: each row's tokens up to its end or limit", async () => {
  const device = await deviceOn("cpu");
  const before = living(device);
  const outputs = () => ({
    ids: device.upload(floats([2, 3], 5, 3, 6, 4, 4, 4)), token_log_probs: device.upload(floats([2, 3], -1, -2, -3, -4, -5, -6)),
    attention: device.upload(floats([2, 3, 2], 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)),
  });
  const found = await graphLoop({ device, run: outputs } as never, rows, config);
  expect(found.map(({ ids, tokenLogProbs, attention }) => ({ ids, tokenLogProbs, attention }))).toEqual([
    { ids: [5, 3], tokenLogProbs: [-1, -2], attention: [[1, 2], [3, 4]] },
    { ids: [4, 4], tokenLogProbs: [-4, -5], attention: [[7], [9]] },
  ]);
  expect(living(device)).toBe(before);
});
