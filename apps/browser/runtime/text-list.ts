/** Whether a value is a list of strings, whatever its type promises. */
export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}
