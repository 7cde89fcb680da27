import { engine, type NamedTensorMap, type Tensor } from "@tensorflow/tfjs-core";
