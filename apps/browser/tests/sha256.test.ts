import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { sha256, sha256WithoutCrypto } from "../runtime/files/sha256.js";

const lengths = [0, 1, 3, 54, 55, 56, 57, 63, 64, 65, 119, 120, 1000, 70_001];

it.each(lengths)("hashes %i bytes like the platform's cryptography", async (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 131 + 7) & 0xff);
  const expected = createHash("sha256").update(bytes).digest("hex");
  expect(Buffer.from(sha256WithoutCrypto(bytes)).toString("hex")).toBe(expected);
  expect(await sha256(bytes)).toBe(expected);
});
