import { UserError } from "./errors.js";
import type { Expected } from "./files/checked-file.js";
import { AGAIN } from "./files/fetched-file.js";
import { type FolderOptions, ModelFolder } from "./files/model-folder.js";
import type { Config, GraphDescription, Manifest, TokenizerFile } from "./formats.js";

/** How far loading has come, in bytes over all files of the bundle. */
export interface Progress {
  file: string;
  loaded: number;
  total: number;
}

const FORMAT_VERSION = 2;
const FILES = ["config.json", "tokenizer.json", "weights.bin", "decode.json", "encode.json", "step.json"] as const;
type FileName = (typeof FILES)[number];

/** The checked files of one exported model. */
export class Bundle {
  readonly config: Config;
  readonly tokenizers: TokenizerFile;

  private constructor(
    private readonly files: ReadonlyMap<FileName, Uint8Array>,
    /** SHA-256 of the weights: which model it is. */
    readonly weightsHash: string,
  ) {
    this.config = this.parse<Config>("config.json");
    this.tokenizers = this.parse<TokenizerFile>("tokenizer.json");
    checkFormat("config.json", this.config.format_version);
    checkFormat("tokenizer.json", this.tokenizers.format_version);
  }

  /**
   * Reads every file that `manifest.json` under `url` (an absolute address that ends in a slash) names, and compares
   * sizes and SHA-256. Throws `UserError` for a missing, altered or newer file.
   */
  static async download(url: string, options: FolderOptions = {}): Promise<Bundle> {
    const folder = await ModelFolder.open(url, options);
    const manifest = parseJson<Manifest>("manifest.json", folder.manifest);
    checkFormat("manifest.json", manifest.format_version);
    const absent = FILES.find((file) => !isExpected(manifest.files?.[file]));
    if (absent !== undefined) {
      throw new UserError(`manifest.json does not list ${absent} with its size and SHA-256`, `A model has the files ${FILES.join(", ")}`, AGAIN);
    }
    return new Bundle(await folder.read(FILES, manifest), manifest.files["weights.bin"]!.sha256);
  }

  graph(name: "decode" | "encode" | "step"): GraphDescription {
    return this.parse<GraphDescription>(`${name}.json`);
  }

  /** The bytes of weights.bin. */
  get weights(): Uint8Array {
    return this.files.get("weights.bin")!;
  }

  private parse<T>(file: FileName): T {
    return parseJson<T>(file, this.files.get(file)!);
  }
}

function checkFormat(file: string, version: number): void {
  if (version !== FORMAT_VERSION) {
    throw new UserError(
      `${file} has format version ${version}`,
      `This runtime reads version ${FORMAT_VERSION}`,
      "Export the model again, so that the page and the model come from the same version of keras_s2s",
    );
  }
}

function isExpected(file: Partial<Expected> | null | undefined): file is Expected {
  return Number.isInteger(file?.bytes) && /^[0-9a-f]{64}$/.test(String(file?.sha256));
}

/** An object: no other file of a model is JSON. */
function parseJson<T>(file: string, bytes: Uint8Array): T {
  try {
    const found: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof found === "object" && found !== null) return found as T;
  } catch {
    // Said below.
  }
  throw new UserError(`${file} is not JSON`, "The exporter writes it as JSON", AGAIN);
}
