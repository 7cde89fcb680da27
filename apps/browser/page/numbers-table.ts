import { visible } from "./visible.js";

/** The weights as an HTML table, for screen readers and for copying. */
export function numbersTable(
  sourceTokens: readonly string[],
  targetTokens: readonly string[],
  weights: readonly (readonly number[])[],
): HTMLElement {
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  head.append(document.createElement("td"), ...sourceTokens.map((token) => heading(token, "col")));
  const body = table.createTBody();
  targetTokens.forEach((token, row) => {
    const line = body.insertRow();
    line.append(heading(token, "row"));
    for (const weight of weights[row]!) line.insertCell().textContent = weight.toFixed(3);
  });
  const scroll = document.createElement("div");
  scroll.className = "table-scroll";
  scroll.tabIndex = 0;
  scroll.append(table);
  return scroll;
}

function heading(token: string, scope: "row" | "col"): HTMLTableCellElement {
  const cell = document.createElement("th");
  cell.scope = scope;
  cell.textContent = visible(token);
  return cell;
}
