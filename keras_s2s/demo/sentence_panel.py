"""The sentence above the tabs, which the first three of them show."""

import functools
from typing import TYPE_CHECKING, Any

from keras_s2s.demo.intervene_tab import InterveneTab
from keras_s2s.demo.link import read_link
from keras_s2s.demo.look_inside_tab import LookInsideTab
from keras_s2s.demo.sentence_tab import SentenceTab
from keras_s2s.demo.translate_tab import TranslateTab

if TYPE_CHECKING:
    from keras_s2s.demo.model_desk import ModelDesk

_EXAMPLES = 8
_PRIVATE = {"api_visibility": "private"}


class SentencePanel:
    """Text, beam size and examples, and the tabs that show them: the open one at once, the others when they open.

    Args:
        gr: The module `gradio`.
        desk: Who answers.
        model_box: The component with the model's name.
    """

    def __init__(self, gr: Any, desk: "ModelDesk", model_box: Any):
        self.gr, self.desk = gr, desk
        first = desk.names[0]
        self.first_text = self._first_example(first)
        with gr.Column(elem_id="sentence"):
            with gr.Row(equal_height=False):
                self.text = gr.Textbox(
                    self.first_text, label="Text", placeholder="Type here, then press Enter", lines=1, max_lines=6,
                    elem_id="text", scale=6, min_width=260,
                )
                beam = gr.Slider(
                    1, desk.limits.beam_size, 1, step=1, label="Beam size", elem_id="beam", scale=2, min_width=160,
                    buttons=[],
                )
                self.button = gr.Button("Translate", variant="primary", elem_id="translate-run", scale=1, min_width=120)
            self.examples = gr.Dataset(
                components=[self.text], label="Examples", elem_id="examples", **self._examples(first)
            )
        self.link = gr.Textbox(visible=False)
        # Not among the tabs: Gradio counts whatever stands there as one. The tab that is open, and which question
        # each tab shows.
        self.where = gr.State(TranslateTab.name)
        self.shown = gr.State({TranslateTab.name: (self.first_text, first, 1)})
        self.asked = [self.text, model_box, beam]

    def add_tabs(self) -> None:
        """Builds the tabs, inside the page's `Tabs`."""
        gr, desk, first = self.gr, self.desk, (self.first_text, self.desk.names[0], 1)
        self.tabs: list[SentenceTab] = [
            TranslateTab(gr, desk, first), LookInsideTab(gr, desk, self.asked), InterveneTab(gr, desk, self.asked)
        ]
        self._by_name = {tab.name: tab for tab in self.tabs}
        filled = [component for tab in self.tabs for component in tab.outputs]
        self.outputs = [self.text, self.examples, self.where, self.shown, *filled]

    def wire(self, page: Any, tabs: Any, model_box: Any, about: Any, others: list[Any]) -> None:
        """Connects what the visitor does with what is shown.

        Args:
            page: The `Blocks`.
            tabs: The page's `Tabs`.
            model_box: The component with the model's name.
            about: Called with a model's name, gives the values of `others`.
            others: Components outside of the panel that show the model.
        """
        gr, asked = self.gr, self.asked
        private = {**_PRIVATE, "concurrency_id": "models"}
        waits = [tab.result for tab in self.tabs]
        given = [self.where, self.shown, *asked]
        shows = {"fn": self._show, "inputs": given, "outputs": self.outputs, "show_progress_on": waits, **private}
        gr.on([self.button.click, self.text.submit], trigger_mode="always_last", **shows)
        chosen = self.examples.click(lambda sample: sample[0], self.examples, self.text, queue=False, **_PRIVATE)
        chosen.then(**shows)
        for tab in self.tabs:
            opens = functools.partial(self._open, tab.name)
            tab.tab.select(opens, given[1:], self.outputs, show_progress_on=tab.result, **private)

        def choose(model: str) -> dict[Any, Any]:
            return {**self._fresh(model, self._first_example(model)), **about(model)}

        def follow(fragment: str) -> dict[Any, Any]:
            link = read_link(fragment, self.desk)
            if link is None:
                return {self.link: ""}
            # Opening the tab is as if the visitor did it: it shows the sentence.
            return {**self._fresh(link.model, link.text), **about(link.model), model_box: link.model,
                    tabs: gr.Tabs(selected=LookInsideTab.name)}

        fills = [*self.outputs, *others]
        at_once = {"queue": False, "show_progress": "hidden", **_PRIVATE}
        chosen = model_box.input(choose, model_box, fills, **at_once)
        chosen.then(self._open, given, self.outputs, show_progress_on=waits, **private)
        page.load(follow, self.link, [*fills, self.link, model_box, tabs], js="() => location.hash", **at_once)

    def _show(self, name: str, known: dict, *question: Any) -> dict[Any, Any]:
        return {**self._by_name[name].show(*question), self.where: name, self.shown: {**known, name: question}}

    def _open(self, name: str, known: dict, *question: Any) -> dict[Any, Any]:
        if known.get(name) == question or not (question[0] or "").strip():
            return {self.where: name}
        return self._show(name, known, *question)

    def _fresh(self, model: str, text: str) -> dict[Any, Any]:
        """The panel for another model: its examples, and nothing of what the other model said."""
        emptied = {component: value for tab in self.tabs for component, value in tab.empty().items()}
        return {**emptied, self.text: text, self.examples: self.gr.Dataset(**self._examples(model)), self.shown: {}}

    def _first_example(self, model: str) -> str:
        return next(iter(self.desk.model(model).translator.examples), "")

    def _examples(self, model: str) -> dict[str, Any]:
        samples = [[example] for example in self.desk.model(model).translator.examples[:_EXAMPLES]]
        return {"samples": samples, "visible": bool(samples)}
