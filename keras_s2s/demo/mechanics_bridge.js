// The bridge between <seq2seq-mechanics> and Gradio, run once when the tab appears. Gradio gives `element` (the place in
// the page), `props.value` (JSON: {"trace", "compare"} or ""), `watch` and `trigger`.
//
// Down: a new value becomes the view's two traces. Up: where the visitor asks for a change of the run, the view's event
// ("force", "attention", "mute", "swap") becomes Gradio's event "intervention", {kind, ...what the view said}.
// The view writes where it stands into the page's address; `link.py` reads model and sentence from it on loading.
customElements.whenDefined("seq2seq-mechanics").then(() => {
  const view = document.createElement("seq2seq-mechanics");
  view.setAttribute("interventions", "");
  view.setAttribute("label", "with your changes");
  view.setAttribute("compare-label", "the model's own run");
  const show = () => {
    const { trace = null, compare = null } = JSON.parse(props.value || "{}");
    view.hidden = trace === null;
    view.compare = compare;
    view.trace = trace;
  };
  // An address typed into the open page, to another run than the one shown: what loads the page shows it.
  view.addEventListener("mechanics-request", () => { if (view.trace !== null) location.reload(); });
  // Of itself the view is as light or dark as the system; the page may be told otherwise.
  const system = matchMedia("(prefers-color-scheme: dark)");
  const followTheme = () => {
    const dark = document.querySelector(".dark") !== null;
    if (dark === system.matches) view.removeAttribute("theme");
    else view.setAttribute("theme", dark ? "dark" : "light");
  };
  for (const kind of ["force", "attention", "mute", "swap"]) {
    view.addEventListener(kind, (event) => trigger("intervention", { kind, ...event.detail }));
  }
  for (const root of [document.documentElement, document.body]) {
    new MutationObserver(followTheme).observe(root, { attributes: true, attributeFilter: ["class"] });
  }
  followTheme();
  show();
  element.replaceChildren(view);
  watch("value", show);
});
