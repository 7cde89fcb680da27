import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Device } from "../../runtime/graph/device.js";
import { DeviceValue } from "../../runtime/graph/device-value.js";
import { gatherRows } from "../../runtime/graph/gather-rows.js";
import { HostValue } from "../../runtime/graph/host-value.js";
import { OPERATIONS } from "../../runtime/graph/operations/index.js";
import { RowBuffer } from "../../runtime/graph/row-buffer.js";
import type { Value } from "../../runtime/graph/value.js";
import { bools, deviceOn, floats, integers, living, numbersIn } from "./backends.js";

let device: Device;
let before: number;
beforeEach(async () => {
  device = await deviceOn("cpu");
  before = living(device);
});

const uploaded = (shape: readonly number[], ...numbers: number[]): DeviceValue => device.upload(floats(shape, ...numbers));
const at = (...rows: number[]): HostValue => HostValue.of("int32", [rows.length, 1], rows);
const call = (op: string, ...inputs: Value[]): Value => {
  const found = OPERATIONS.get(op)!.device!(device, inputs, {}) as Value;
  device.freeUploads();
  return found;
};

describe("a value", () => {
  test("is freed with its last owner, and its matrices with it", () => {
    const value = uploaded([2, 1, 1], 3, 4);
    const cut = vi.fn(() => [0, 1].map((row) => device.slice(value, [row, 0, 0], [1, 1, 1])));
    expect(value.matrices(cut)).toBe(value.retain().matrices(cut));
    expect(cut).toHaveBeenCalledOnce();
    value.release();
    expect(living(device) - before).toBe(3);
    value.release();
    expect(living(device)).toBe(before);
    expect(device.memory.numBytes).toBe(0);
  });

  test("of JavaScript is brought over for one call, a constant once and for all", () => {
    const [passing, lasting] = [floats([1], 1), floats([1], 2)];
    lasting.lasting = true;
    expect(device.info(passing)).not.toBe(device.info(passing));
    expect(device.info(lasting)).toBe(device.info(lasting));
    device.freeUploads();
    expect(living(device)).toBe(before);
    device.dispose();
    expect(living(device)).toBe(before);
    expect(lasting.resident).toBeUndefined();
    expect(device.memory.numBytes).toBe(0);
  });
});

describe("rows of a buffer", () => {
  const filled = (): RowBuffer => OPERATIONS.get("Fill")!.host!([integers(3, 2), HostValue.of("float32", [], [-1])], {}) as RowBuffer;

  test("are kept apart until somebody reads them; earlier buffers stay as they were", () => {
    const empty = filled();
    const row = uploaded([1, 2], 5, 6);
    const one = call("TensorScatterUpdate", empty, at(1), row);
    row.release();
    expect(one).toBeInstanceOf(RowBuffer);
    expect(living(device) - before).toBe(1);
    const two = call("TensorScatterUpdate", one, at(0), floats([1, 2], 7, 8));
    const again = call("TensorScatterUpdate", two, at(1), floats([1, 2], 9, 9));
    expect(numbersIn(device, empty)).toEqual([-1, -1, -1, -1, -1, -1]);
    expect(numbersIn(device, one)).toEqual([-1, -1, 5, 6, -1, -1]);
    expect(numbersIn(device, two)).toEqual([7, 8, 5, 6, -1, -1]);
    expect(numbersIn(device, again)).toEqual([7, 8, 9, 9, -1, -1]);
    two.retain().release();
    for (const value of [one, two, again]) value.release();
    expect(living(device)).toBe(before);
  });

  test("several at a time, or at places that the backend knows, make a plain tensor", () => {
    const rows = uploaded([2, 2], 1, 2, 3, 4);
    const places = device.upload(at(2));
    const one = uploaded([1, 2], 5, 6);
    const found = [call("TensorScatterUpdate", filled(), at(2, 0), rows), call("TensorScatterUpdate", filled(), places, one)];
    expect(found.map((value) => numbersIn(device, value))).toEqual([[3, 4, -1, -1, 1, 2], [-1, -1, -1, -1, 5, 6]]);
    for (const value of [...found, rows, places, one]) value.release();
    expect(living(device)).toBe(before);
  });

  test("a buffer is a tensor to every operation", () => {
    const buffer = call("TensorScatterUpdate", filled(), at(2), floats([1, 2], 1, 2));
    const found = [call("AddV2", buffer, floats([2], 1, 1)), call("Transpose", buffer, integers(1, 0)), gatherRows(device, buffer, [2, 0]),
      call("ZerosLike", buffer), call("Shape", buffer)];
    expect(found.map((value) => numbersIn(device, value))).toEqual([
      [0, 0, 0, 0, 2, 3], [-1, -1, 1, -1, -1, 2], [1, 2, -1, -1], [0, 0, 0, 0, 0, 0], [3, 2]]);
    for (const value of [...found, buffer]) value.release();
    expect(living(device)).toBe(before);
  });
});

describe("a choice", () => {
  test("that is the same everywhere gives one side itself, where that has the shape", () => {
    const [yes, no] = [uploaded([2, 2], 1, 2, 3, 4), uploaded([1, 2], 5, 6)];
    const condition = HostValue.of("bool", [2, 1], [1, 1]);
    const found = call("SelectV2", condition, yes, no);
    expect(found).toBe(yes);
    const wide = call("SelectV2", HostValue.of("bool", [2, 1]), yes, no);
    expect(numbersIn(device, wide)).toEqual([5, 6, 5, 6]);
    for (const value of [found, wide, yes, no]) value.release();
    expect(living(device)).toBe(before);
  });

  test("that differs takes each number from its side, whoever holds them", () => {
    const [yes, no] = [uploaded([2, 2], 1, 2, 3, 4), floats([1], 0)];
    for (const condition of [HostValue.of("bool", [2, 1], [0, 1]), device.upload(HostValue.of("bool", [2, 1], [0, 1]))]) {
      const found = call("SelectV2", condition, yes, no);
      expect(numbersIn(device, found)).toEqual([0, 0, 3, 4]);
      for (const value of [found, condition]) value.release();
    }
    const byColumn = call("SelectV2", bools(0, 1), yes, no);
    expect(numbersIn(device, byColumn)).toEqual([0, 2, 0, 4]);
    for (const value of [byColumn, yes]) value.release();
    expect(living(device)).toBe(before);
  });
});

test("shapes that do not fit are refused", () => {
  expect(() => call("SelectV2", bools(1, 0), floats([3], 1, 2, 3), floats([1], 0))).toThrow("Sizes must agree or be 1");
});

test("rows by their numbers, one from a small table and several, here and there", () => {
  const [here, there] = [floats([3, 2], 1, 2, 3, 4, 5, 6), uploaded([3, 2], 1, 2, 3, 4, 5, 6)];
  for (const value of [here, there]) {
    for (const rows of [[1], [2, 0, 2]]) {
      const found = gatherRows(device, value, rows);
      expect(found.shape).toEqual([rows.length, 2]);
      expect(numbersIn(device, found)).toEqual(rows.flatMap((row) => [2 * row + 1, 2 * row + 2]));
      found.release();
    }
  }
  there.release();
  expect(living(device)).toBe(before);
});
