import { element } from "./dom.js";
import { type Progress, UserError } from "./runtime.js";

/** The progress of a download, and what went wrong. */
export class Loading {
  private readonly box = element("loading", HTMLElement);
  private readonly label = element("loading-label", HTMLLabelElement);
  private readonly bar = element("progress", HTMLProgressElement);
  private readonly bytes = element("bytes", HTMLElement);
  private readonly error = element("error", HTMLElement);
  private readonly message = element("error-message", HTMLElement);
  private readonly retry = element("retry", HTMLButtonElement);

  /** `onRetry` hears when the visitor wants to try a failed download again. */
  constructor(onRetry: () => void) {
    this.retry.addEventListener("click", onRetry);
    // The script runs: what a page that cannot run its script says is not needed.
    element("stuck", HTMLElement).remove();
  }

  begin(title: string): void {
    this.tell(undefined);
    this.label.textContent = `Loading ${title}`;
    this.bar.removeAttribute("value");
    this.bytes.textContent = "";
    this.box.hidden = false;
  }

  progress({ loaded, total }: Progress): void {
    if (total <= 0) return;
    this.bar.value = loaded / total;
    this.bytes.textContent = `${megabytes(loaded)} of ${megabytes(total)} MB`;
  }

  end(): void {
    this.box.hidden = true;
  }

  /** Ends with an error that a new attempt may mend. */
  fail(error: unknown): void {
    this.end();
    this.tell(describe(error, "The model could not be loaded"));
    this.retry.hidden = false;
  }

  /** Shows what went wrong, or nothing. */
  tell(message: string | undefined): void {
    this.error.hidden = message === undefined;
    this.message.textContent = message ?? "";
    this.retry.hidden = true;
  }
}

/** An error in words: one that the visitor can mend says itself what to do. */
export function describe(error: unknown, what: string): string {
  if (error instanceof UserError) return error.message;
  return `${what}: ${error instanceof Error ? error.message : String(error)}`;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
