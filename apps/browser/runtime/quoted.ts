/** A value as messages quote it, cut where that is long. */
export function quoted(value: unknown, most = 80): string {
  const text = typeof value === "string" ? `"${value}"` : written(value);
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most).join("")}...`;
}

function written(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    try {
      return JSON.stringify(value);
    } catch {
      return "an object";
    }
  }
  return String(value);
}
