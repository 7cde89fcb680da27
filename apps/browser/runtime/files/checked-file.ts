import { UserError } from "../errors.js";
import { AGAIN } from "./fetched-file.js";
import { sha256 } from "./sha256.js";

/** What the manifest says of a file. */
export interface Expected {
  bytes: number;
  sha256: string;
}

/** Throws `UserError` where `bytes` are not the file that the manifest means. */
export async function check(file: string, bytes: Uint8Array, expected: Expected): Promise<void> {
  if (bytes.length !== expected.bytes) {
    throw new UserError(`${file} has ${bytes.length} bytes`, `The manifest says ${expected.bytes}`, AGAIN);
  }
  const actual = await sha256(bytes);
  if (actual !== expected.sha256) {
    throw new UserError(
      `${file} is damaged: its SHA-256 is ${actual.slice(0, 12)}…`,
      `The manifest says ${expected.sha256.slice(0, 12)}…`,
      AGAIN,
    );
  }
}

/** Whether `bytes` are that file. */
export function isWhole(bytes: Uint8Array, expected: Expected): Promise<boolean> {
  return check("", bytes, expected).then(() => true, () => false);
}
