/**
 * A failure that the user of the runtime can mend: three sentences, what was given, what was expected, what to do.
 */
export class UserError extends Error {
  constructor(given: string, expected: string, fix: string) {
    super(`${given}. ${expected}. ${fix}.`);
    this.name = "UserError";
  }

  /** The same failure on the other side of a thread's border. */
  static again(message: string): UserError {
    const error = new UserError("", "", "");
    error.message = message;
    return error;
  }
}

/** Why calls end with their model, and later ones are refused. */
export function disposedError(): UserError {
  return new UserError("The model was disposed", "Its weights are needed until the answer is there",
    "Load the model again");
}
