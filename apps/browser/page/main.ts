import { readModelList } from "./model-list.js";
import { keepForOffline, newerTookOver } from "./offline.js";
import { SitePage } from "./site-page.js";
import "./page.css";

/** The one entry of the page. */
async function start(): Promise<void> {
  if (await newerTookOver()) {
    location.reload();
    return;
  }
  const offline = keepForOffline();
  new SitePage(await readModelList(), offline);
}

void start();
