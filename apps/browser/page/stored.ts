/** Names of all caches of this project begin so: the page's and those of the runtime, which keeps the models' files. */
const PREFIX = "keras-s2s";

/** Whether the browser lets this page keep files. It does so over https and on this machine itself. */
export function canStore(): boolean {
  return isSecureContext && "caches" in globalThis;
}

/** How many bytes the page keeps on this device. */
export async function storedBytes(): Promise<number> {
  let sum = 0;
  for (const name of await ownCaches()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      sum += response === undefined ? 0 : (await response.blob()).size;
    }
  }
  return sum;
}

/** Removes everything that the page keeps on this device, its service worker included. */
export async function removeStored(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.unregister();
  for (const name of await ownCaches()) await caches.delete(name);
}

async function ownCaches(): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}
