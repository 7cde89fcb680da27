import { afterEach, describe, expect, it } from "vitest";
import { UserError } from "../runtime/errors.js";
import type { Model } from "../runtime/model.js";
import { Connection } from "../runtime/worker/connection.js";
import { ModelServer } from "../runtime/worker/model-server.js";

const channels: MessageChannel[] = [];
afterEach(() => {
  for (const { port1 } of channels.splice(0)) port1.close();
});

interface Options {
  onToken?: (value: number) => Promise<void>;
  signal?: AbortSignal;
}

/** A page and a worker whose model's `translate` is `translate`. */
async function connect(translate: (text: string, options: Options) => Promise<unknown>): Promise<Connection> {
  const channel = new MessageChannel();
  channels.push(channel);
  const model = { info: { name: "toy" }, translate } as unknown as Model;
  new ModelServer(channel.port2, async (url) => {
    if (url === "nowhere") throw new UserError("No model", "Expected one", "Make one");
    return model;
  });
  const connection = new Connection(channel.port1);
  channel.port1.start();
  channel.port2.start();
  expect(await connection.call("load", ["somewhere", {}])).toEqual({ name: "toy" });
  return connection;
}

/** Counts until it is stopped. */
async function count(_text: string, { onToken, signal }: Options): Promise<string> {
  for (let i = 0; i < 5; i++) {
    await onToken!(i);
    await new Promise((resolve) => setTimeout(resolve, 1));
    signal!.throwIfAborted();
  }
  return "done";
}

describe("a connection", () => {
  it("passes arguments and answers, several at a time, in any order", async () => {
    const connection = await connect(async (text) => {
      await new Promise((resolve) => setTimeout(resolve, Number(text)));
      return { text };
    });
    const order: string[] = [];
    const ask = async (text: string) => {
      const answer = await connection.call("translate", [text, {}]) as { text: string };
      order.push(answer.text);
    };
    await Promise.all([ask("20"), ask("1")]);
    expect(order).toEqual(["1", "20"]);
  });

  it("waits for what a callback promises", async () => {
    const connection = await connect(count);
    const log: string[] = [];
    const onToken = async (value: number) => {
      log.push(`begin ${value}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      log.push(`end ${value}`);
    };
    expect(await connection.call("translate", ["x", { onToken }])).toBe("done");
    expect(log).toEqual([0, 1, 2, 3, 4].flatMap((value) => [`begin ${value}`, `end ${value}`]));
  });

  it("keeps the reason of a signal, and tells the worker to stop", async () => {
    const seen: number[] = [];
    let stopped: Promise<unknown> | undefined;
    const connection = await connect((text, options) => {
      const running = count(text, options);
      stopped = running.catch((error: unknown) => error);
      return running;
    });
    const reason = { why: "enough" };
    const stop = new AbortController();
    const onToken = (value: number) => {
      seen.push(value);
      if (value === 2) stop.abort(reason);
    };
    await expect(connection.call("translate", ["x", { onToken, signal: stop.signal }])).rejects.toBe(reason);
    expect((await stopped as Error).name).toBe("AbortError");
    expect(seen).toEqual([0, 1, 2]);
  });

  it("rejects with the very error that a callback threw", async () => {
    const connection = await connect(count);
    const mistake = new TypeError("mine");
    await expect(connection.call("translate", ["x", { onToken: () => Promise.reject(mistake) }])).rejects.toBe(mistake);
    expect(await connection.call("translate", ["x", { onToken: () => undefined }])).toBe("done");
  });

  it("brings errors over: a UserError stays one, others keep name and message", async () => {
    const connection = await connect(async (text) => {
      throw text === "user" ? new UserError("A", "B", "C") : new RangeError("too far");
    });
    await expect(connection.call("load", ["nowhere", {}])).rejects.toBeInstanceOf(UserError);
    const user = await connection.call("translate", ["user", {}]).catch((error: unknown) => error as Error);
    expect(user).toBeInstanceOf(UserError);
    expect((user as Error).message).toBe("A. B. C.");
    await expect(connection.call("translate", ["other", {}])).rejects.toMatchObject({
      name: "RangeError", message: "too far",
    });
  });

  it("ends what is under way, and refuses what comes later", async () => {
    const connection = await connect(() => new Promise(() => undefined));
    const running = connection.call("translate", ["x", {}]);
    const reason = new UserError("Over", "It was needed", "Load it again");
    connection.end(reason);
    connection.end(new Error("a later reason does not count"));
    await expect(running).rejects.toBe(reason);
    await expect(connection.call("translate", ["x", {}])).rejects.toBe(reason);
  });

  it("refuses what cannot be cloned", async () => {
    const connection = await connect(count);
    await expect(connection.call("translate", [[() => "x"], {}])).rejects.toThrow("cannot be sent");
  });
});
