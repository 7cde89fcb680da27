import alignment from "./alignment.css?inline";
import attention from "./attention.css?inline";
import bottleneck from "./bottleneck.css?inline";
import cell from "./cell.css?inline";
import choices from "./choices.css?inline";
import frame from "./frame.css?inline";
import run from "./run.css?inline";
import states from "./states.css?inline";
import step from "./step.css?inline";
import time from "./time.css?inline";

/** The one style sheet of all mechanics elements of a page. */
export const SHEET = new CSSStyleSheet();
SHEET.replaceSync([frame, run, states, cell, attention, bottleneck, step, alignment, choices, time].join("\n"));
