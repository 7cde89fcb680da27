/** Runs tasks one after the other: TF.js has one engine for the page, whose scopes two running graphs would share. */
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
