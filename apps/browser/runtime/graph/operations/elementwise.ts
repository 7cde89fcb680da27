import type { Device } from "../device.js";
import { HostValue, numbersOf } from "../host-value.js";
import type { DataType, Value } from "../value.js";
import { broadcastOnDevice, broadcastShape, broadcastStrides, places } from "./broadcast.js";
import type { Operation } from "./operation.js";

type Binary = (a: number, b: number) => number;

function binary(kernel: string, compute: Binary, result?: DataType): Operation {
  return {
    host: ([a, b]) => {
      const dtype = result ?? a!.dtype;
      if (a!.data.length === 1 && b!.data.length === 1) {
        return HostValue.of(dtype, broadcastShape(a!.shape, b!.shape), [compute(a!.data[0]!, b!.data[0]!)]);
      }
      const shape = broadcastShape(a!.shape, b!.shape);
      const [left, right] = [a!, b!].map((value) => places(shape, broadcastStrides(value.shape, shape)));
      const data = numbersOf(dtype, left!.length);
      for (let index = 0; index < data.length; index++) {
        data[index] = compute(a!.data[left![index]!]!, b!.data[right![index]!]!);
      }
      return new HostValue(dtype, shape, data);
    },
    device: (device, [a, b]) => device.kernel(kernel, { a: device.info(a!), b: device.info(b!) }),
  };
}

function unary(kernel: string, compute?: (x: number) => number, result?: DataType): Operation {
  return {
    ...(compute && { host: ([x]) => new HostValue(result ?? x!.dtype, x!.shape, mapped(x!, compute, result)) }),
    device: (device, [x]) => device.kernel(kernel, { x: device.info(x!) }),
  };
}

function mapped(value: HostValue, compute: (x: number) => number, result: DataType = value.dtype): HostValue["data"] {
  const data = numbersOf(result, value.data.length);
  for (let index = 0; index < data.length; index++) data[index] = compute(value.data[index]!);
  return data;
}

const select: Operation = {
  device: (device, inputs) => {
    const [condition, yes, no] = inputs as [Value, Value, Value];
    const shape = broadcastShape(condition.shape, yes.shape, no.shape);
    const all = condition instanceof HostValue ? condition.uniform : undefined;
    // No row is overridden, none has ended, all is real: what is most common costs nothing.
    if (all !== undefined) return broadcastOnDevice(device, all ? yes : no, shape);
    return selected(device, inputs, shape);
  },
  host: ([condition, yes, no]) => {
    const shape = broadcastShape(condition!.shape, yes!.shape, no!.shape);
    const [at, left, right] = [condition!, yes!, no!].map((one) => places(shape, broadcastStrides(one.shape, shape)));
    const data = numbersOf(yes!.dtype, at!.length);
    for (let index = 0; index < data.length; index++) {
      data[index] = condition!.data[at![index]!] ? yes!.data[left![index]!]! : no!.data[right![index]!]!;
    }
    return new HostValue(yes!.dtype, shape, data);
  },
};

/** All three are brought to the same shape: the kernels know no broadcasting, wasm's reads conditions of rank 1 wrongly. */
function selected(device: Device, inputs: readonly Value[], shape: readonly number[]): Value {
  const [condition, t, e] = inputs.map((value) => broadcastOnDevice(device, value, shape));
  const found = device.kernel("Select", { condition: device.info(condition!), t: device.info(t!), e: device.info(e!) });
  for (const value of [condition!, t!, e!]) value.release();
  return found;
}

/** The first version of it: a vector of conditions is one for each row. */
const selectRows: Operation = {
  host: ([condition, yes, no], attributes) =>
    select.host!([condition!.reshaped(rowsShape(condition!, yes!)), yes!, no!], attributes),
  device: (device, [condition, yes, no], attributes) => {
    const shape = rowsShape(condition!, yes!);
    const rows = condition instanceof HostValue ? condition.reshaped(shape) : device.reshape(condition!, shape);
    const found = select.device!(device, [rows, yes!, no!], attributes);
    rows.release();
    return found;
  },
};

function rowsShape(condition: Value, yes: Value): number[] {
  const isRows = condition.shape.length === 1 && yes.shape.length > 1;
  return [...condition.shape, ...new Array<number>(isRows ? yes.shape.length - 1 : 0).fill(1)];
}

const cast: Operation = {
  host: ([x], { DstT }) => {
    const compute = DstT === "bool" ? (value: number): number => Number(value !== 0) : Math.trunc;
    return new HostValue(DstT as DataType, x!.shape,
      DstT === "float32" ? Float32Array.from(x!.data) : mapped(x!, compute, DstT as DataType));
  },
  device: (device, [x], { DstT }) => {
    if (DstT !== "bool") return device.kernel("Cast", { x: device.info(x!) }, { dtype: DstT });
    // TF.js' wasm backend would take the numbers' bytes for booleans.
    return device.kernel("NotEqual", { a: device.info(x!), b: device.info(HostValue.of(x!.dtype, [])) });
  },
};

/** TF.js' kernel gives integers, whatever it gets. */
const floorDivide: Operation = {
  ...binary("FloorDiv", (a, b) => Math.floor(a / b)),
  device: (device, [a, b]) => {
    const inputs = { a: device.info(a!), b: device.info(b!) };
    if (a!.dtype !== "float32") return device.kernel("FloorDiv", inputs);
    const quotient = device.kernel("RealDiv", inputs);
    const found = device.kernel("Floor", { x: quotient.info });
    quotient.release();
    return found;
  },
};

const divide = binary("RealDiv", (a, b) => a / b);
const add = binary("Add", (a, b) => a + b);

export const elementwise: Readonly<Record<string, Operation>> = {
  Add: add, AddV2: add, BiasAdd: add,
  Sub: binary("Sub", (a, b) => a - b),
  Mul: binary("Multiply", (a, b) => a * b),
  RealDiv: divide, Div: divide,
  FloorDiv: floorDivide,
  FloorMod: binary("Mod", (a, b) => a - b * Math.floor(a / b)),
  Maximum: binary("Maximum", Math.max),
  Minimum: binary("Minimum", Math.min),
  Less: binary("Less", (a, b) => Number(a < b), "bool"),
  LessEqual: binary("LessEqual", (a, b) => Number(a <= b), "bool"),
  Greater: binary("Greater", (a, b) => Number(a > b), "bool"),
  GreaterEqual: binary("GreaterEqual", (a, b) => Number(a >= b), "bool"),
  Equal: binary("Equal", (a, b) => Number(a === b), "bool"),
  NotEqual: binary("NotEqual", (a, b) => Number(a !== b), "bool"),
  LogicalAnd: binary("LogicalAnd", (a, b) => Number(a !== 0 && b !== 0), "bool"),
  LogicalOr: binary("LogicalOr", (a, b) => Number(a !== 0 || b !== 0), "bool"),
  LogicalNot: unary("LogicalNot", (x) => Number(!x)),
  Abs: unary("Abs", Math.abs),
  Ceil: unary("Ceil", Math.ceil),
  Exp: unary("Exp"),
  Floor: unary("Floor", Math.floor),
  IsFinite: unary("IsFinite", (x) => Number(Number.isFinite(x)), "bool"),
  Log: unary("Log"),
  Neg: unary("Neg", (x) => -x),
  Relu: unary("Relu"),
  Rsqrt: unary("Rsqrt"),
  Sigmoid: unary("Sigmoid"),
  Sqrt: unary("Sqrt"),
  Square: unary("Square", (x) => x * x),
  Tanh: unary("Tanh"),
  Cast: cast,
  Select: selectRows, SelectV2: select,
};

