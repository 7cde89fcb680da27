/** In the place of the backends that need a browser: the check computes on the processor alone. */
export const setWasmPaths = undefined;
