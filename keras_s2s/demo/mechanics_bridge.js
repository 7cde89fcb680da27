// The bridge between <seq2seq-mechanics> and Gradio, run once when the tab appears. Gradio gives `element` (the place in
// the page), `props.value` (JSON: {"trace", "compare"} or ""), `watch` and `trigger`.
//
// Down: a new value becomes the view's two traces. Up: where the visitor asks for a change of the run, the view's event
// ("force", "attention", "mute", "swap") becomes Gradio's event "intervention", {kind, ...what the view said}.
customElements.whenDefined("seq2seq-mechanics").then(() => {
  const view = document.createElement("seq2seq-mechanics");
  view.setAttribute("interventions", "");
  view.setAttribute("fragment", "off");
  view.setAttribute("label", "with your changes");
  view.setAttribute("compare-label", "the model's own run");
  const show = () => {
    const { trace = null, compare = null } = JSON.parse(props.value || "{}");
    view.hidden = trace === null;
    view.compare = compare;
    view.trace = trace;
  };
  const followTheme = () => view.setAttribute("theme", document.querySelector(".dark") ? "dark" : "light");
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
