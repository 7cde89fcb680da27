/**
 * Keeps the page's own files, so that it opens without a network. The models' files are the runtime's business, which
 * keeps them with their checksums; whatever is not listed here goes to the network as ever.
 *
 * A version of the page is one cache: filled completely before it is used, and checked against the hashes that the build
 * wrote. So no page ever runs with the files of two versions. A new version waits until the last window with the old one
 * is gone, or is loaded anew.
 */

/** One file of the page. */
interface PageFile {
  path: string;
  integrity: string;
  /** Kept at once; the others, which few visitors need, when they are first fetched. */
  early: boolean;
}

declare const PAGE_FILES: readonly PageFile[];
declare const PAGE_VERSION: string;

const worker = self as unknown as ServiceWorkerGlobalScope;

const SCOPE = worker.registration.scope;
const MINE = `keras-s2s-page ${SCOPE} `;
const CACHE = MINE + PAGE_VERSION;
const FILES = new Map(PAGE_FILES.map((file) => [new URL(file.path, SCOPE).href, file]));
const INDEX = new URL("index.html", SCOPE).href;
/** Not of the build, so it may change at any time: the newest that can be had. */
const MODEL_LIST = new URL("models.json", SCOPE).href;

worker.addEventListener("install", (event) => event.waitUntil(fill()));
worker.addEventListener("activate", (event) => event.waitUntil(removeOld()));
worker.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(takeOver(event.ports[0]));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  address.search = address.hash = "";
  const url = address.href === SCOPE ? INDEX : address.href;
  if (FILES.has(url)) event.respondWith(kept(url));
  else if (url === MODEL_LIST) event.respondWith(newest(request));
});

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all([...FILES].filter(([, file]) => file.early).map(async ([url]) => cache.put(url, await download(url))));
  // The first visit's own request for it came before there was a worker to keep it. A site with one model may have none.
  await newest(new Request(MODEL_LIST)).catch(() => undefined);
}

/** Fetches a file of this very version, past the browser's HTTP cache. Fails where the server has another one. */
async function download(url: string): Promise<Response> {
  const response = await fetch(url, { integrity: FILES.get(url)!.integrity, cache: "no-cache" });
  if (!response.ok) throw new TypeError(`${url} answered ${response.status}`);
  return response;
}

async function removeOld(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(MINE) && name !== CACHE) await caches.delete(name);
}

/** Takes over where no other window of this page is open than the one that asks; answers whether it does. */
async function takeOver(answer: MessagePort | undefined): Promise<void> {
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const alone = windows.filter(({ url }) => url.startsWith(SCOPE)).length < 2;
  answer?.postMessage(alone);
  if (alone) await worker.skipWaiting();
}

async function kept(url: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  const found = await cache.match(url);
  if (found !== undefined) return found;
  // A late file, or a visitor who cleared a part of the storage.
  const response = await download(url);
  await cache.put(url, response.clone()).catch(() => undefined);
  return response;
}

async function newest(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(MODEL_LIST, response.clone());
    return response;
  } catch (error) {
    const found = await cache.match(MODEL_LIST);
    if (found !== undefined) return found;
    throw error;
  }
}
