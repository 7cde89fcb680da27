import type { Bundle } from "../bundle.js";
import { Device } from "./device.js";
import { Graph } from "./graph.js";
import { Weights } from "./weights.js";

/** The graphs of one model, on the backend that is active when this is made. */
export class Graphs {
  private readonly device = new Device();
  private readonly weights: Weights;
  private readonly built = new Map<string, Graph>();

  constructor(private readonly bundle: Bundle) {
    this.weights = new Weights(bundle.weights, this.device);
  }

  get encode(): Graph {
    return this.graph("encode");
  }

  get step(): Graph {
    return this.graph("step");
  }

  get decode(): Graph {
    return this.graph("decode");
  }

  get memory(): Device["memory"] {
    return this.device.memory;
  }

  dispose(): void {
    this.weights.dispose();
    this.device.dispose();
    this.built.clear();
  }

  /** Built when first used: reading a graph takes a moment. */
  private graph(name: "decode" | "encode" | "step"): Graph {
    let graph = this.built.get(name);
    if (graph === undefined) {
      graph = new Graph(this.bundle.graph(name), this.weights, this.device);
      this.built.set(name, graph);
    }
    return graph;
  }
}
