import { UserError } from "../errors.js";

/** What to do about a file that is not as it should be. */
export const AGAIN = "Export the model again and upload the whole folder";

/** The address cannot be reached: no connection, or a server in trouble. A copy from an earlier visit may do. */
export class UnreachableError extends UserError {}

/** Fetches a file whole. `onBytes` hears of each piece. Throws `UserError`, or the signal's reason. */
export async function fetchFile(
  url: URL,
  { onBytes, signal }: { onBytes?: (count: number) => void; signal?: AbortSignal } = {},
): Promise<Uint8Array> {
  try {
    // A stale copy from the browser's cache beside a new manifest would fail the check: ask the server each time.
    const response = await fetch(url, { cache: "no-cache", ...(signal && { signal }) });
    if (response.ok) return await readAll(response, onBytes);
    const given = `${url.href} answered ${response.status}`;
    if (response.status >= 500) throw new UnreachableError(given, "The server is in trouble", "Try again later");
    throw new UserError(given, "Every file of the model has to be there", AGAIN);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof UserError) throw error;
    throw unreachable(url, error);
  }
}

function unreachable(url: URL, error: unknown): UnreachableError {
  const given = `${url.href} could not be fetched (${error instanceof Error ? error.message : String(error)})`;
  if (url.protocol === "file:") {
    return new UnreachableError(given, "The model's files are read over http or https from the folder next to the page",
      "Serve the folder, for example with `python -m http.server`, and open it in the browser");
  }
  return new UnreachableError(given, "The model's files come from there, unless an earlier visit kept them here",
    "Check the connection and that the server is running, then reload");
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
