/** A token as it can be seen: a space becomes ␣. */
export function visible(token: string): string {
  return token.replaceAll(" ", "␣");
}
