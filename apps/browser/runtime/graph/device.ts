import { backend, getBackend, getKernel, type KernelBackend, type TensorInfo } from "@tensorflow/tfjs-core";
import { UserError } from "../errors.js";
import { DeviceValue } from "./device-value.js";
import { HostValue } from "./host-value.js";
import { RowBuffer } from "./row-buffer.js";
import { type DataType, type Numbers, sizeOf, type Value } from "./value.js";

type Kernel = (call: { inputs: object; attrs: object; backend: KernelBackend }) => TensorInfo | TensorInfo[];

/**
 * Calls TF.js' kernels on the backend that was active when this was made, without TF.js' engine in between, whose
 * bookkeeping (tapes, scopes) costs more than the arithmetic of one small step.
 */
export class Device {
  private readonly backend = backend();
  private readonly name = getBackend();
  private readonly kernels = new Map<string, Kernel>();
  private uploads: DeviceValue[] = [];
  private readonly residents: HostValue[] = [];
  /** Of everything that lives, results of a run under way included. */
  private bytes = 0;
  /** Whether reading takes no time worth waiting for: the memory is this thread's own. */
  readonly readsAtOnce = this.name === "wasm" || this.name === "cpu";

  /** One result of a kernel. */
  kernel(name: string, inputs: object, attributes: object = {}): DeviceValue {
    return this.value(this.call(name, inputs, attributes) as TensorInfo);
  }

  /** Several of them. */
  kernelWithParts(name: string, inputs: object, attributes: object): DeviceValue[] {
    return (this.call(name, inputs, attributes) as TensorInfo[]).map((info) => this.value(info));
  }

  /** A value in the backend's memory. What had to be brought there stays until `freeUploads`. */
  info(value: Value): TensorInfo {
    if (value instanceof DeviceValue) return value.info;
    if (value instanceof HostValue && value.lasting) return this.resident(value).info;
    const found = value instanceof HostValue ? this.upload(value) : this.joined(value as RowBuffer);
    this.uploads.push(found);
    return found.info;
  }

  /** The caller owns it. */
  upload(value: HostValue): DeviceValue {
    const { dtype, data } = value;
    const shape = [...value.shape];
    const dataId = this.backend.write(data, shape, dtype);
    return this.value({ dataId, shape, dtype });
  }

  reshape(value: Value, shape: readonly number[]): DeviceValue {
    const found = this.call("Reshape", { x: this.info(value) }, { shape: [...shape] }) as TensorInfo;
    return new DeviceValue(found, () => this.backend.disposeData(found.dataId));  // the same numbers: no more bytes
  }

  slice(value: Value, begin: readonly number[], size: readonly number[]): DeviceValue {
    return this.kernel("Slice", { x: this.info(value) }, { begin, size });
  }

  concat(values: readonly Value[], axis: number): DeviceValue {
    return this.kernel("Concat", values.map((value) => this.info(value)), { axis });
  }

  fill(dtype: DataType, shape: readonly number[], value: number): DeviceValue {
    if (sizeOf(shape) === 0) return this.upload(HostValue.of(dtype, shape));
    return this.kernel("Fill", {}, { shape: [...shape], value, dtype });
  }

  readNow(value: Value): Numbers {
    if (value instanceof HostValue) return value.data;
    return this.backend.readSync(this.info(value).dataId) as Numbers;
  }

  async read(value: Value): Promise<Numbers> {
    if (this.readsAtOnce || value instanceof HostValue) return this.readNow(value);
    return await this.backend.read(this.info(value).dataId) as Numbers;
  }

  /** Everything that `info` brought to the backend's memory. */
  freeUploads(): void {
    const uploads = this.uploads;
    this.uploads = [];
    for (const upload of uploads) upload.release();
  }

  /** Frees the copies of constants. */
  dispose(): void {
    for (const value of this.residents) {
      value.resident?.release();
      value.resident = undefined;
    }
    this.residents.length = 0;
  }

  /**
   * What the backend holds, other models' tensors included, but without copies of constants, which are made when they are
   * first needed; bytes are this model's alone.
   */
  get memory(): { numTensors: number; numBytes: number } {
    return { numTensors: this.backend.numDataIds() - this.residents.length, numBytes: this.bytes };
  }

  private resident(value: HostValue): DeviceValue {
    if (value.resident === undefined) {
      value.resident = this.upload(value);
      this.residents.push(value);
    }
    return value.resident;
  }

  private value(info: TensorInfo): DeviceValue {
    const bytes = sizeOf(info.shape) * (info.dtype === "bool" ? 1 : 4);
    this.bytes += bytes;
    return new DeviceValue(info, () => {
      this.bytes -= bytes;
      this.backend.disposeData(info.dataId);
    });
  }

  private joined(buffer: RowBuffer): DeviceValue {
    const { dtype, shape, filling, rows } = buffer;
    if (rows.size === 0) return this.fill(dtype, shape, filling);
    const empty = rows.size < shape[0]! ? this.fill(dtype, [1, ...shape.slice(1)], filling) : undefined;
    const whole = this.concat(Array.from({ length: shape[0]! }, (_, row) => rows.get(row) ?? empty!), 0);
    empty?.release();
    return whole;
  }

  private call(name: string, inputs: object, attrs: object): TensorInfo | TensorInfo[] {
    let kernel = this.kernels.get(name);
    if (kernel === undefined) {
      const found = getKernel(name, this.name);
      if (found === undefined) {
        throw new UserError(`The backend ${this.name} has no kernel ${name}`, "Every operation of the model needs one",
          'Load the model with the backend "wasm" or "cpu"');
      }
      kernel = found.kernelFunc as unknown as Kernel;
      this.kernels.set(name, kernel);
    }
    return kernel({ inputs, attrs, backend: this.backend });
  }
}
