import type { Manifest } from "../formats.js";

/** One cache for all models of an origin. */
const NAME = "keras-s2s";

/**
 * What earlier visits left in the browser: model files by their SHA-256, the manifest of each folder, and small notes.
 * Whatever fails here (no room, storage that is turned off) only means that nothing is kept.
 */
export class KeptFiles {
  private constructor(private readonly cache: Cache) {}

  /** Undefined where there is no Cache API: pages over plain http, some private windows. */
  static async open(): Promise<KeptFiles | undefined> {
    try {
      return new KeptFiles(await caches.open(NAME));
    } catch {
      return undefined;
    }
  }

  file(sha256: string): Promise<Uint8Array | undefined> {
    return this.read(address("files", sha256));
  }

  /** The manifest that belongs to the files of the folder `url`. */
  manifest(url: string): Promise<Uint8Array | undefined> {
    return this.read(address("manifests", url));
  }

  /** A note about the file `sha256`; it goes when the file goes. */
  async note(sha256: string): Promise<unknown> {
    const bytes = await this.read(address("notes", sha256));
    try {
      return bytes && JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return undefined;
    }
  }

  async writeNote(sha256: string, value: unknown): Promise<void> {
    await this.cache.put(address("notes", sha256), Response.json(value)).catch(() => undefined);
  }

  /** Keeps a model whole or not at all, and removes what no kept manifest names any more. */
  async keep(url: string, manifest: Uint8Array, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    const task = async (): Promise<void> => {
      try {
        await this.put(url, manifest, files);
      } catch {
        // No room beside the former version: then without it.
        await this.cache.delete(address("manifests", url));
        await this.sweep();
        await this.put(url, manifest, files).catch(() => undefined);
      }
      await this.sweep();
    };
    // Two models at a time must not sweep each other's new files.
    const locks = (navigator as Partial<Navigator>).locks;
    await (locks === undefined ? task() : locks.request(`${NAME} cache`, task)).catch(() => undefined);
  }

  private async put(url: string, manifest: Uint8Array, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
    for (const [sha256, bytes] of files) {
      await this.cache.put(address("files", sha256), new Response(bytes as BodyInit));
    }
    // Last: a manifest stands for files that are all there.
    await this.cache.put(address("manifests", url), new Response(manifest as BodyInit));
  }

  private async sweep(): Promise<void> {
    const requests = await this.cache.keys();
    const named = new Set<string>();
    for (const { url } of requests) {
      if (!url.startsWith(address("manifests", ""))) continue;
      const response = await this.cache.match(url);
      const manifest = await response?.json().catch(() => undefined) as Partial<Manifest> | undefined;
      for (const { sha256 } of Object.values(manifest?.files ?? {})) named.add(sha256);
    }
    for (const { url } of requests) {
      const [kind, key] = url.split("/").slice(-2);
      if (kind !== "manifests" && !named.has(key!)) await this.cache.delete(url);
    }
  }

  private async read(key: string): Promise<Uint8Array | undefined> {
    try {
      const response = await this.cache.match(key);
      return response && new Uint8Array(await response.arrayBuffer());
    } catch {
      return undefined;
    }
  }
}

/** Keys of the cache are addresses; nothing lies there. */
function address(kind: "files" | "manifests" | "notes", key: string): string {
  return new URL(`/.keras-s2s/${kind}/${encodeURIComponent(key)}`, location.origin).href;
}
