import { load, type Model, type Progress, UserError } from "../runtime/index.js";
import { TranslatePage } from "./translate-page.js";
import "./page.css";

/** The one entry of the page: load the model that lies next to it, then hand over. */
async function start(): Promise<void> {
  const loading = document.getElementById("loading")!;
  const progress = document.getElementById("progress") as HTMLProgressElement;
  const onProgress = ({ loaded, total }: Progress): void => { progress.value = total > 0 ? loaded / total : 0; };
  let model: Model;
  try {
    model = await load("./model/", { onProgress });
  } catch (error) {
    showError(error instanceof UserError ? error.message : `The model could not be loaded: ${String(error)}`);
    return;
  } finally {
    loading.hidden = true;
  }
  new TranslatePage(model, showError).start();
}

function showError(message: string | undefined): void {
  const box = document.getElementById("error")!;
  box.hidden = message === undefined;
  box.textContent = message ?? "";
}

void start();
