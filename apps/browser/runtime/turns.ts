/**
 * Runs tasks one after the other: TF.js has one active backend for the whole page, which must not change while a graph
 * runs, and weights must not be freed under a run.
 */
export class Turns {
  private last: Promise<unknown> = Promise.resolve();

  take<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.last.then(task, task);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

/** The page's one queue. */
export const turns = new Turns();
