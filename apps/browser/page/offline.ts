/** Whether the page will open without a network. `reason` says why not. */
export type OfflineState = { ready: true } | { ready: false; reason: string };

/** Has the page's own files kept for a visit without a network. The runtime keeps the models' files. */
export async function keepForOffline(): Promise<OfflineState> {
  if (!isSecureContext) {
    return { ready: false, reason: "The page was opened over http from another machine: browsers keep pages for offline " +
      "use only over https, or on this machine itself (localhost)." };
  }
  if (!("serviceWorker" in navigator)) {
    return { ready: false, reason: "This browser keeps no pages for offline use, as is usual in private windows." };
  }
  try {
    await navigator.serviceWorker.register("./service-worker.js");
    await navigator.serviceWorker.ready;
    return { ready: true };
  } catch (error) {
    return { ready: false, reason: `The page could not be kept: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/**
 * Lets a newer version of the page take over where one waits and no other window has the old one. Says whether it did:
 * then this page is of yesterday and has to be loaded anew.
 */
export async function newerTookOver(): Promise<boolean> {
  if (!("serviceWorker" in navigator) || navigator.serviceWorker.controller === null) return false;
  const waiting = (await navigator.serviceWorker.getRegistration())?.waiting ?? null;
  if (waiting === null) return false;
  const changed = new Promise<boolean>((resolve) => {
    navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true), { once: true });
  });
  const { port1, port2 } = new MessageChannel();
  const alone = new Promise<boolean>((resolve) => { port1.onmessage = ({ data }) => resolve(data === true); });
  waiting.postMessage("take over", [port2]);
  return (await alone) && changed;
}
