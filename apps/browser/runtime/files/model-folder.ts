import type { Progress } from "../bundle.js";
import type { Manifest } from "../formats.js";
import { check, isWhole } from "./checked-file.js";
import { fetchFile, UnreachableError } from "./fetched-file.js";
import { KeptFiles } from "./kept-files.js";

/** How a folder is read. */
export interface FolderOptions {
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

/** The folder of one exported model, on its server and as earlier visits kept it. */
export class ModelFolder {
  private constructor(
    private readonly url: string,
    private readonly kept: KeptFiles | undefined,
    /** manifest.json as it is. */
    readonly manifest: Uint8Array,
    private readonly options: FolderOptions,
  ) {}

  /** Reads the manifest: the server's, or the kept one where the server cannot be reached. */
  static async open(url: string, options: FolderOptions): Promise<ModelFolder> {
    const kept = await KeptFiles.open();
    let manifest: Uint8Array | undefined;
    try {
      manifest = await fetchFile(new URL("manifest.json", url), options.signal && { signal: options.signal });
    } catch (error) {
      manifest = error instanceof UnreachableError ? await kept?.manifest(url) : undefined;
      if (manifest === undefined) throw error;
    }
    return new ModelFolder(url, kept, manifest, options);
  }

  /**
   * The files `names`, each checked against `manifest`: the kept copies of those that have not changed, the others from
   * the server. Then keeps them all for the next visit.
   */
  async read<Name extends string>(names: readonly Name[], manifest: Manifest): Promise<Map<Name, Uint8Array>> {
    const total = names.reduce((sum, name) => sum + manifest.files[name]!.bytes, 0);
    let loaded = 0;
    let news = false;
    const contents = await Promise.all(names.map(async (file) => {
      const onBytes = (count: number): void => {
        loaded += count;
        this.options.onProgress?.({ file, loaded: Math.min(loaded, total), total });
      };
      const expected = manifest.files[file]!;
      const copy = await this.kept?.file(expected.sha256);
      if (copy !== undefined && await isWhole(copy, expected)) {
        onBytes(copy.length);
        return [file, copy] as const;
      }
      news = true;
      const { signal } = this.options;
      const bytes = await fetchFile(new URL(file, this.url), { onBytes, ...(signal && { signal }) });
      await check(file, bytes, expected);
      return [file, bytes] as const;
    }));
    const former = await this.kept?.manifest(this.url);
    if (news || !sameBytes(former, this.manifest)) {
      const files = new Map(contents.map(([name, bytes]) => [manifest.files[name]!.sha256, bytes]));
      await this.kept?.keep(this.url, this.manifest, files);
    }
    return new Map(contents);
  }
}

function sameBytes(first: Uint8Array | undefined, second: Uint8Array): boolean {
  return first?.length === second.length && first.every((byte, i) => byte === second[i]);
}
