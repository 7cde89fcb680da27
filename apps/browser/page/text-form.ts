/** A form with one text: Enter hands it in, Shift and Enter makes a new line. */
export class TextForm {
  constructor(
    readonly form: HTMLFormElement,
    private readonly field: HTMLTextAreaElement,
    private readonly onText: (text: string) => void,
  ) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    field.addEventListener("keydown", (event) => {
      // While an input method is composing, Enter belongs to it.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
  }

  get text(): string { return this.field.value; }
  set text(text: string) {
    // Setting it moves the cursor to the end, also under the hands of one who types.
    if (this.field.value !== text) this.field.value = text;
  }

  private submit(): void {
    this.onText(this.field.value);
  }
}
