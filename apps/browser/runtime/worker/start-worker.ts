import { UserError } from "../errors.js";
import type { Reply } from "./messages.js";

/**
 * Starts the runtime's worker script, which lies beside this one. Undefined where that cannot be: no module workers,
 * a policy without `worker-src 'self'`, a page of another origin than the script.
 *
 * `onEnd` hears, with the reason, when the worker ends by itself: a crash, or memory that ran out.
 */
export async function startWorker(onEnd: (reason: UserError) => void): Promise<Worker | undefined> {
  const name = `keras-s2s ${Date.now()} ${Math.random()}`;
  let worker: Worker;
  try {
    worker = new Worker(new URL(/* @vite-ignore */ "./keras-s2s-worker.js", import.meta.url), { type: "module", name });
  } catch {
    return undefined;
  }
  if (!(await isReady(worker))) {
    worker.terminate();
    return undefined;
  }
  const ended = (detail: string): void => {
    worker.terminate();
    onEnd(new UserError(`The model's worker ended unexpectedly (${detail})`, "The model lives in that worker",
      "Load the model again; if it happens again, try another backend or load with worker: false"));
  };
  worker.addEventListener("error", (event) => ended(event.message || "an error without a message"));
  worker.addEventListener("messageerror", () => ended("an answer that could not be read"));
  // The worker holds a lock of its name as long as it lives: no event tells of a crash.
  void navigator.locks?.request(name, () => ended("a crash, or no memory was left")).catch(() => undefined);
  return worker;
}

/** Waits for the script's first message; false when the script could not be loaded. */
function isReady(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (ready: boolean): void => {
      worker.removeEventListener("message", onMessage);
      worker.removeEventListener("error", onError);
      resolve(ready);
    };
    const onMessage = ({ data }: MessageEvent): void => { if ((data as Reply).type === "ready") answer(true); };
    const onError = (event: Event): void => {
      event.preventDefault();
      answer(false);
    };
    worker.addEventListener("message", onMessage);
    worker.addEventListener("error", onError);
  });
}
