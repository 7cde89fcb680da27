import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setBackend } from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { Device } from "../../runtime/graph/device.js";
import { HostValue } from "../../runtime/graph/host-value.js";
import type { Value } from "../../runtime/graph/value.js";

const WASM = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm"));
setWasmPaths(`${WASM}/`);

/** A device on one of the backends that Node has. */
export async function deviceOn(backend: "cpu" | "wasm"): Promise<Device> {
  if (!await setBackend(backend)) throw new Error(`${backend} does not start`);
  return new Device();
}

/** Tensors that live. */
export function living(device: Device): number {
  return device.memory.numTensors;
}

/** The numbers of a value, which stays its owner's. */
export function numbersIn(device: Device, value: Value): number[] {
  const found = Array.from(device.readNow(value));
  device.freeUploads();
  return found;
}

export function floats(shape: readonly number[], ...numbers: number[]): HostValue {
  return HostValue.of("float32", shape, numbers);
}

export function integers(...numbers: number[]): HostValue {
  return HostValue.integers(numbers);
}

export function bools(...numbers: number[]): HostValue {
  return HostValue.of("bool", [numbers.length], numbers);
}
