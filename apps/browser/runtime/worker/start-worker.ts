import { UserError } from "../errors.js";
import type { Reply, Request } from "./messages.js";

/**
 * Starts the runtime's worker script, which lies beside this one. Undefined where that cannot be: no module workers,
 * a policy without `worker-src 'self'`, a page of another origin than the script.
 *
 * `onEnd` hears, with the reason, when the worker ends by itself: a crash, or memory that ran out.
 */
export async function startWorker(onEnd: (reason: UserError) => void): Promise<Worker | undefined> {
  let worker: Worker;
  try {
    // By way of a constant: a bundler of this source shall not make a second bundle of the worker's.
    const here = import.meta.url;
    worker = new Worker(new URL("./keras-s2s-worker.js", here), { type: "module" });
  } catch {
    return undefined;
  }
  const lock = `keras-s2s ${Date.now()} ${Math.random()}`;
  worker.postMessage({ type: "hello", lock } satisfies Request);
  const ready = await firstMessage(worker);
  if (ready === undefined) {
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
  // The worker holds this lock as long as it lives: no event tells of a crash.
  if (ready.locked) void navigator.locks.request(lock, () => ended("a crash, or no memory was left"));
  return worker;
}

/** What the script says when it runs; undefined when it could not be loaded. */
function firstMessage(worker: Worker): Promise<Extract<Reply, { type: "ready" }> | undefined> {
  return new Promise((resolve) => {
    const heard = new AbortController();
    const { signal } = heard;
    worker.addEventListener("message", ({ data }) => {
      heard.abort();
      resolve(data as Extract<Reply, { type: "ready" }>);
    }, { signal });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      heard.abort();
      resolve(undefined);
    }, { signal });
  });
}
