import { afterEach, expect, it, vi } from "vitest";
import { Breath } from "../../runtime/search/breath.js";

afterEach(() => vi.restoreAllMocks());

/** Whether a breath takes a turn of the event loop, rather than going on at once. */
async function lets(breath: Breath): Promise<boolean> {
  let over = false;
  const taken = breath.take().then(() => { over = true; });
  for (let i = 0; i < 20; i++) await Promise.resolve();
  const atOnce = over;
  await taken;
  return !atOnce;
}

it("lets others work at every step where someone waits for it, else after a while", async () => {
  const clock = vi.spyOn(performance, "now").mockReturnValue(100);
  const eager = new Breath(new AbortController().signal);
  const rare = new Breath();
  expect([await lets(eager), await lets(rare), await lets(eager)]).toEqual([true, false, true]);
  clock.mockReturnValue(108);
  expect([await lets(rare), await lets(rare)]).toEqual([true, false]);
  eager.end();
  rare.end();
});

it("throws the reason of a signal", async () => {
  const controller = new AbortController();
  const breath = new Breath(controller.signal);
  await breath.take();
  controller.abort(new Error("enough"));
  await expect(breath.take()).rejects.toThrow("enough");
  breath.end();
});
