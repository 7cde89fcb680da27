import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { DataType, Owned } from "./value.js";

/** A tensor in a backend's memory. */
export class DeviceValue implements Owned {
  private owners = 1;
  private pieces: DeviceValue[] | undefined;

  constructor(readonly info: TensorInfo, private readonly free: () => void) {}

  get dtype(): DataType {
    return this.info.dtype as DataType;
  }

  get shape(): readonly number[] {
    return this.info.shape;
  }

  /** The matrices of a stack of these, cut off when first asked for: they live as long as the stack. */
  matrices(cut: () => DeviceValue[]): readonly DeviceValue[] {
    return (this.pieces ??= cut());
  }

  retain(): this {
    this.owners += 1;
    return this;
  }

  release(): void {
    this.owners -= 1;
    if (this.owners > 0) return;
    this.pieces?.forEach((piece) => piece.release());
    this.pieces = undefined;
    this.free();
  }
}
