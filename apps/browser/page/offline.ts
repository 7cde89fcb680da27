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
