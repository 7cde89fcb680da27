import type { DeviceValue } from "./device-value.js";
import type { DataType, Owned } from "./value.js";

/**
 * A tensor that is one number everywhere but in the rows that were written since: what a loop's output is while the loop
 * runs. To write a row costs nothing here, where the graph's own operation would copy the whole tensor; the rows are
 * joined once, when somebody reads them.
 */
export class RowBuffer implements Owned {
  private owners = 1;

  constructor(
    readonly dtype: DataType,
    readonly shape: readonly number[],
    readonly filling: number,
    /** Each `(1, ...)`. */
    readonly rows: ReadonlyMap<number, DeviceValue> = new Map(),
  ) {}

  /** This one with another row. */
  with(index: number, row: DeviceValue): RowBuffer {
    const rows = new Map(this.rows).set(index, row);
    for (const value of rows.values()) value.retain();
    return new RowBuffer(this.dtype, this.shape, this.filling, rows);
  }

  retain(): this {
    this.owners += 1;
    return this;
  }

  release(): void {
    this.owners -= 1;
    if (this.owners === 0) for (const row of this.rows.values()) row.release();
  }
}
