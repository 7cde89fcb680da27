import { expect, it } from "vitest";
import { Turns } from "../runtime/turns.js";

it("runs one task at a time, in order, also after one that failed", async () => {
  const turns = new Turns();
  const log: string[] = [];
  const task = (name: string, milliseconds: number, fails = false) => turns.take(async () => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    log.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  });
  const [first, second, third] = [task("first", 20), task("second", 5, true), task("third", 0)];
  await expect(second).rejects.toThrow("second");
  expect(await Promise.all([first, third])).toEqual(["first", "third"]);
  expect(log).toEqual(["first begins", "first ends", "second begins", "second ends", "third begins", "third ends"]);
});
