import { openModel } from "../open-model.js";
import type { Port, Reply } from "./messages.js";
import { ModelServer } from "./model-server.js";

/** The script of the worker that `load` starts: serves one model to its page. */
const port = globalThis as unknown as Port<Reply>;
new ModelServer(port, openModel);

const ready = (): void => port.postMessage({ type: "ready" });
// Held until this thread ends, however it does: so the page gets to know (see start-worker.ts).
const lock = navigator.locks?.request(globalThis.name, () => {
  ready();
  return new Promise(() => undefined);
});
if (lock === undefined) ready();
else lock.catch(ready);
