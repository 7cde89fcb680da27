import "@tensorflow/tfjs-backend-cpu";
import { loadGraphModel, type GraphModel } from "@tensorflow/tfjs-converter";
import { dispose, env, type NamedTensorMap, ready, setBackend, tensor1d, tensor2d, type Tensor, zeros } from "@tensorflow/tfjs-core";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";

/** What the exporter says about the graphs. */
interface PeerConfig {
  memory: string[];
  state: string[];
  start_id: number;
  end_id: number;
}

/** The same model, run by TF.js' own executor: what one would write with its documented interface. */
export class Peer {
  private constructor(
    private readonly graphs: Readonly<Record<"decode" | "encode" | "step", GraphModel>>,
    private readonly names: Readonly<Record<string, { inputs: Record<string, string>; outputs: Record<string, string> }>>,
    private readonly config: PeerConfig,
  ) {}

  static async load(folder: string, backend: "wasm" | "cpu"): Promise<Peer> {
    env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
    setWasmPaths(new URL("../", import.meta.url).href);
    await setBackend(backend);
    await ready();
    const names = await json<Peer["names"]>(`${folder}names.json`);
    const config = await json<PeerConfig>(`${folder}config.json`);
    const [decode, encode, step] = await Promise.all(
      (["decode", "encode", "step"] as const).map((name) => loadGraphModel(`${folder}${name}/model.json`)));
    return new Peer({ decode: decode!, encode: encode!, step: step! }, names, config);
  }

  /** The whole search in one graph. */
  async wholeLoop(ids: readonly number[]): Promise<number[]> {
    const source = tensor2d(Int32Array.from(ids), [1, ids.length], "int32");
    const { inputs, outputs } = this.names["decode"]!;
    const found = await this.graphs.decode.executeAsync({ [inputs["source"]!]: source }, [outputs["ids"]!]) as Tensor;
    const target = Array.from(await found.data());
    dispose([source, found]);
    return this.upToEnd(target);
  }

  /** A call of the step graph for every token; `onFirst` hears when the first is there. */
  async stepLoop(ids: readonly number[], steps: number, onFirst?: () => void): Promise<number[]> {
    const source = tensor2d(Int32Array.from(ids), [1, ids.length], "int32");
    const encode = this.names["encode"]!;
    const carried = [...this.config.memory, ...this.config.state];
    const encoded = await this.graphs.encode.executeAsync(
      { [encode.inputs["source"]!]: source }, carried.map((name) => encode.outputs[name]!)) as Tensor[];
    const memory: NamedTensorMap = {};
    let state: NamedTensorMap = {};
    carried.forEach((name, index) => ((this.config.memory.includes(name) ? memory : state)[name] = encoded[index]!));
    memory["attention_override"] = zeros([1, ids.length]);
    memory["use_override"] = zeros([1], "bool");
    const { inputs, outputs } = this.names["step"]!;
    const wanted = ["next_token", "token_log_prob", "weights", ...this.config.state];
    const target: number[] = [];
    let token = this.config.start_id;
    while (target.length < steps && token !== this.config.end_id) {
      const given: NamedTensorMap = { token: tensor1d([token], "int32"), ...memory, ...state };
      const feeds = Object.fromEntries(Object.entries(inputs).map(([name, place]) => [place, given[name]!]));
      const found = this.graphs.step.execute(feeds, wanted.map((name) => outputs[name]!)) as Tensor[];
      const [next] = await Promise.all(found.slice(0, 3).map((tensor) => tensor.data()));
      token = next![0]!;
      target.push(token);
      if (target.length === 1) onFirst?.();
      dispose([given["token"]!, ...found.slice(0, 3), ...Object.values(state)]);
      state = Object.fromEntries(this.config.state.map((name, index) => [name, found[index + 3]!]));
    }
    dispose([source, ...Object.values(memory), ...Object.values(state)]);
    return target;
  }

  private upToEnd(target: number[]): number[] {
    const end = target.indexOf(this.config.end_id);
    return end < 0 ? target : target.slice(0, end + 1);
  }
}

async function json<T>(address: string): Promise<T> {
  return await (await fetch(address)).json() as T;
}
