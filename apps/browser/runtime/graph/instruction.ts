import type { AttributeDescription, NodeDescription } from "../formats.js";
import type { Operation } from "./operations/operation.js";
import type { DataType } from "./value.js";

/** What the graph says about a node beside its inputs. */
export type Attribute = number | boolean | string | readonly number[] | readonly string[];

/** A node that is ready to run: its inputs are places in a program's list of values. */
export interface Instruction {
  readonly name: string;
  readonly operation: Operation;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly inputs: readonly number[];
  /** Where its results go, of which it may have several. */
  readonly outputs: readonly number[];
  /** Places that nothing after it reads. */
  readonly frees: readonly number[];
}

const TYPES: Record<string, DataType> = {
  DT_FLOAT: "float32", "1": "float32", DT_INT32: "int32", "3": "int32", DT_INT64: "int32", "9": "int32", DT_BOOL: "bool",
  "10": "bool",
};

export function attributesOf(node: NodeDescription): Record<string, Attribute> {
  const found: Record<string, Attribute> = {};
  for (const [name, description] of Object.entries(node.attr ?? {})) {
    const value = attributeOf(description);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function attributeOf({ i, b, f, s, type, func, list }: AttributeDescription): Attribute | undefined {
  if (i !== undefined) return Number(i);
  if (b !== undefined) return b;
  if (f !== undefined) return f;
  if (s !== undefined) return atob(s);
  if (type !== undefined) return TYPES[String(type)] ?? String(type);
  if (func !== undefined) return func.name;
  if (list?.s !== undefined) return list.s.map((text) => atob(text));
  return list?.i?.map(Number);
}
