/** A cell of a picture. */
export interface CellPlace { readonly row: number; readonly column: number }

/** A picture of cells through which keys can walk. */
export interface Walkable {
  /** How many cells there are, in reading order, and how many stand in a row. */
  readonly size: () => { readonly cells: number; readonly columns: number };
  /** Shows a cell and tells its numbers; with null it shows none any more. */
  readonly tell: (cell: CellPlace | null) => void;
  /** The Enter key was pressed in a cell. */
  readonly enter?: (cell: CellPlace) => void;
}

const WALKS = new WeakMap<Element, CellWalk>();

/** Lets the arrow keys walk through a picture's cells, and up and down on to the next picture. */
export class CellWalk {
  private index = 0;
  private walking = false;

  /** Without `stop` the picture is left out by the Tab key, as one of many in a list; its neighbours lead to it. */
  constructor(private readonly element: HTMLElement, private readonly picture: Walkable, stop = true) {
    WALKS.set(element, this);
    element.tabIndex = stop ? 0 : -1;
    element.classList.add("walk");
    element.addEventListener("keydown", (event) => this.onKey(event));
    element.addEventListener("focus", () => {
      this.walking = true;
      this.go(this.index);
    });
    element.addEventListener("blur", () => {
      this.walking = false;
      picture.tell(null);
    });
  }

  /** Tells the present cell anew, when the numbers have changed while the keys are here. */
  again(): void {
    if (this.walking) this.go(this.index);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { cells, columns } = this.picture.size();
    const moves: Readonly<Record<string, number>> = { ArrowLeft: this.index - 1, ArrowRight: this.index + 1,
      ArrowUp: this.index - columns, ArrowDown: this.index + columns, Home: 0, End: cells - 1 };
    const next = moves[event.key];
    const entered = event.key === "Enter" && this.picture.enter !== undefined;
    if (next === undefined && !entered) return;
    // The keys belong to the picture while it has the focus, not to the time.
    event.preventDefault();
    event.stopPropagation();
    if (next === undefined) this.picture.enter?.(this.place(columns));
    else if (next >= 0 && next < cells) this.go(next);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") this.leave(event.key === "ArrowUp" ? -1 : 1);
  }

  private go(index: number): void {
    const { cells, columns } = this.picture.size();
    if (cells === 0) return this.picture.tell(null);
    this.index = Math.min(Math.max(index, 0), cells - 1);
    this.picture.tell(this.place(columns));
  }

  private place(columns: number): CellPlace {
    return { row: Math.floor(this.index / columns), column: this.index % columns };
  }

  /** Goes on to the next picture of the page, in the same column. */
  private leave(direction: 1 | -1): void {
    const all = [...(this.element.getRootNode() as ParentNode).querySelectorAll<HTMLElement>(".walk")]
      .filter((element) => element.checkVisibility());
    const next = all[all.indexOf(this.element) + direction];
    const walk = next === undefined ? undefined : WALKS.get(next);
    if (next === undefined || walk === undefined) return;
    const { cells, columns } = walk.picture.size();
    const column = Math.min(this.index % this.picture.size().columns, columns - 1);
    walk.index = direction === 1 ? column : Math.min(Math.floor((cells - 1) / columns) * columns + column, cells - 1);
    next.focus();
  }
}
