import { UserError } from "../errors.js";
import type { Failure } from "./messages.js";

/** What of an error goes to the other thread. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { user: false, name: "Error", message: String(error), stack: undefined };
  return { user: error instanceof UserError, name: error.name, message: error.message, stack: error.stack };
}

/** The error again: a `UserError` is one here, too; others keep their name, message and stack. */
export function fromFailure({ user, name, message, stack }: Failure): Error {
  const error = user ? UserError.again(message) : new Error(message);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
