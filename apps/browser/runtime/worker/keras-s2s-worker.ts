import { openModel } from "../open-model.js";
import type { Port, Reply } from "./messages.js";
import { ModelServer } from "./model-server.js";

/** The script of the worker that `load` starts: serves one model to its page. */
const page: Port<Reply> = globalThis;
new ModelServer(page, openModel);
