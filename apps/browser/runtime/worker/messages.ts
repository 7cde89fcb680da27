import type { Model } from "../model.js";

/** What a page asks its worker: to load the model, then whatever a `Model` can do. */
export type Method = "load" | Exclude<keyof Model, "info" | "dispose">;

/** An error on its way between threads: classes do not survive cloning. */
export interface Failure {
  user: boolean;
  name: string;
  message: string;
  stack: string | undefined;
}

/** From the page to the worker. `id` counts the calls. */
export type Request =
  /** The first message: the worker is to hold the lock of this name as long as it lives. */
  | { type: "hello"; lock: string }
  /**
   * `values` are the arguments; the functions among the options (the last one) stay behind, `callbacks` are their
   * names. Only a call that is `abortable` can be asked to end early: looking out for that costs time at each step.
   */
  | { type: "call"; id: number; method: Method; values: unknown[]; callbacks: string[]; abortable: boolean }
  /** The callback that was told of `event` is done. */
  | { type: "heard"; id: number; event: number }
  | { type: "abort"; id: number };

/** From the worker to the page. */
export type Reply =
  /** The script runs: from here on, the worker is the model's place. `locked` if it holds the lock. */
  | { type: "ready"; locked: boolean }
  /** `callback` is to be called with `value`; the call goes on when it was heard. */
  | { type: "event"; id: number; event: number; callback: string; value: unknown }
  | { type: "result"; id: number; value: unknown }
  | { type: "failure"; id: number; failure: Failure };

/** One end of the line: a `Worker`, a worker's global scope, or a `MessagePort`. */
export interface Port<Out> {
  postMessage(message: Out): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}
