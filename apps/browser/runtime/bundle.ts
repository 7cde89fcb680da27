import { UserError } from "./errors.js";
import type { Config, GraphDescription, Manifest, TokenizerFile } from "./formats.js";
import { sha256 } from "./sha256.js";

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

  private constructor(private readonly files: ReadonlyMap<FileName, Uint8Array>) {
    this.config = this.parse<Config>("config.json");
    this.tokenizers = this.parse<TokenizerFile>("tokenizer.json");
    checkFormat("config.json", this.config.format_version);
    checkFormat("tokenizer.json", this.tokenizers.format_version);
  }

  /**
   * Downloads every file that `manifest.json` under `url` (a folder, relative to the page) names, and compares sizes
   * and SHA-256. Throws `UserError` for a missing, altered or newer file.
   */
  static async download(url: string, onProgress?: (progress: Progress) => void): Promise<Bundle> {
    const folder = new URL(url.endsWith("/") ? url : `${url}/`, globalThis.document?.baseURI);
    const manifest = parseJson<Manifest>("manifest.json", await download(new URL("manifest.json", folder)));
    checkFormat("manifest.json", manifest.format_version);
    const absent = FILES.find((file) => manifest.files?.[file] === undefined);
    if (absent !== undefined) {
      throw new UserError(`manifest.json does not list ${absent}`, `A model has the files ${FILES.join(", ")}`, AGAIN);
    }
    const total = FILES.reduce((sum, file) => sum + manifest.files[file]!.bytes, 0);
    let loaded = 0;
    const contents = await Promise.all(FILES.map(async (file) => {
      const bytes = await download(new URL(file, folder), (received) => {
        loaded += received;
        onProgress?.({ file, loaded: Math.min(loaded, total), total });
      });
      await check(file, bytes, manifest.files[file]!);
      return [file, bytes] as const;
    }));
    return new Bundle(new Map(contents));
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

const AGAIN = "Export the model again and upload the whole folder";

async function download(url: URL, onBytes?: (count: number) => void): Promise<Uint8Array> {
  let response: Response;
  try {
    // A stale copy from the browser's cache beside a new manifest would fail the check: ask the server each time.
    response = await fetch(url, { cache: "no-cache" });
  } catch (error) {
    throw new UserError(
      `${url.href} could not be fetched (${error instanceof Error ? error.message : String(error)})`,
      "The model's files are read over http or https from the folder next to the page",
      url.protocol === "file:"
        ? "Serve the folder, for example with `python -m http.server`, and open it in the browser"
        : "Check the connection and that the server is running, then reload",
    );
  }
  if (!response.ok) {
    throw new UserError(`${url.href} answered ${response.status}`, "Every file of the model has to be there", AGAIN);
  }
  return readAll(response, onBytes);
}

async function readAll(response: Response, onBytes?: (count: number) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const reader = response.body!.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    onBytes?.(part.value.length);
  }
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let position = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return bytes;
}

async function check(file: string, bytes: Uint8Array, expected: { bytes: number; sha256: string }): Promise<void> {
  if (bytes.length !== expected.bytes) {
    throw new UserError(`${file} has ${bytes.length} bytes`, `The manifest says ${expected.bytes}`, AGAIN);
  }
  const actual = await sha256(bytes);
  if (actual !== expected.sha256) {
    throw new UserError(
      `${file} is damaged: its SHA-256 is ${actual.slice(0, 12)}…`,
      `The manifest says ${expected.sha256.slice(0, 12)}…`,
      AGAIN,
    );
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

function parseJson<T>(file: string, bytes: Uint8Array): T {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as T;
  } catch {
    throw new UserError(`${file} is not JSON`, "The exporter writes it as JSON", AGAIN);
  }
}
