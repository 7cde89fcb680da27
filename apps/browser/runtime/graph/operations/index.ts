import { elementwise } from "./elementwise.js";
import { fillings } from "./fillings.js";
import type { Operation } from "./operation.js";
import { products } from "./products.js";
import { rearrangements } from "./rearrangements.js";
import { reductions } from "./reductions.js";
import { shapes } from "./shapes.js";
import { slices } from "./strided-slice.js";

/** All operations that a graph may have, but the loop. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map(Object.entries(
  { ...elementwise, ...reductions, ...products, ...shapes, ...rearrangements, ...slices, ...fillings }));
