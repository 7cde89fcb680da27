"""The tab Intervene."""

from typing import Any

from keras_s2s.demo.changes import Changes
from keras_s2s.demo.intervention_html import alone, compared
from keras_s2s.demo.page_html import hint, lead, percent, place, problem
from keras_s2s.demo.sentence_tab import SentenceTab
from keras_s2s.errors import UserError
from keras_s2s.plots.tokens import visible

_LEAD = (
    "Change something in the run and see what follows from it. The model runs again from there: what it writes next is "
    "its own. Several changes go together."
)
_HINT = "Two runs appear here side by side: as the model wrote it, and with your changes."

_NOTHING: tuple[Any, list, int] = (None, [], 0)


class InterveneTab(SentenceTab):
    """A form of four changes, and the run before and after.

    Args:
        gr, desk: See `SentenceTab`.
        asked: The components of text, model and beam size.
    """

    name = "intervene"

    def __init__(self, gr: Any, desk: Any, asked: list[Any]):
        super().__init__(gr, desk)
        with gr.Tab("Intervene", id=self.name, elem_id=self.name) as self.tab:
            place(gr, lead(_LEAD))
            with gr.Row(equal_height=True):
                with gr.Column(min_width=230, elem_classes="s2s-card"):
                    place(gr, _card("Force a token", "Write it, whatever the model prefers."))
                    self.step = self._choice("In step", "force-step")
                    self.token = self._choice("write", "force-token", allow_custom_value=True)
                with gr.Column(min_width=230, elem_classes="s2s-card"):
                    place(gr, _card("Mute source tokens", "They get no attention in any step."))
                    self.mute = self._choice("Do not look at", "mute", multiselect=True)
                with gr.Column(min_width=230, elem_classes="s2s-card"):
                    place(gr, _card("Turn the attention", "In one step it looks where you say, in equal shares."))
                    self.row = self._choice("In step", "attention-step")
                    self.look = self._choice("look at", "attention-places", multiselect=True)
                with gr.Column(min_width=230, elem_classes="s2s-card"):
                    place(gr, _card("Swap a word", "The same sentence, but for one word."))
                    self.word = gr.Textbox(label="In place of", elem_id="swap-word", max_lines=1)
                    self.other = gr.Textbox(label="read", elem_id="swap-other", max_lines=1)
            with gr.Row():
                run = gr.Button("Run again", variant="primary", elem_id="run-again", scale=0, min_width=200)
                clear = gr.Button("Clear", elem_id="take-back", scale=0, min_width=200)
            self.result = place(gr, hint(_HINT), elem_id="compared")
            # Of the run that is shown: its question, of each step the likeliest tokens with their probabilities, and
            # the number of source tokens.
            self.known = gr.State(_NOTHING)
        self.form = [self.step, self.token, self.mute, self.row, self.look, self.word, self.other]
        self.outputs = [*self.form, self.known, self.result]
        private = {"api_visibility": "private"}
        asks = {**private, "show_progress_on": self.result, "concurrency_id": "models"}
        triggers = [run.click, self.word.submit, self.other.submit]
        gr.on(triggers, self._run, [self.known, *self.form], self.result, **asks)
        clear.click(self.show, asked, self.outputs, **asks)
        self.step.input(self._tokens, [self.step, self.known], self.token, queue=False, **private)

    def answer(self, text, model, beam_size):
        trace = self.desk.trace(text, model, beam_size)
        steps = _numbered(trace.target_tokens)
        places = _numbered(trace.source["tokens"])
        attends = trace.weights is not None
        likeliest = [[(one["token"], one["probability"]) for one in step.top_k] for step in trace.steps]
        return {
            **self._filled(steps, places, attends),
            self.known: ((text, model, beam_size), likeliest, len(places)),
            self.result: alone(trace),
        }

    def empty(self, message=None):
        return {**self._filled([], [], False), self.known: _NOTHING, self.result: message or hint(_HINT)}

    def _choice(self, label: str, name: str, **options: Any) -> Any:
        return self.gr.Dropdown([], value=[] if options.get("multiselect") else None, label=label, elem_id=name,
                                **options)

    def _filled(self, steps: list, places: list, attends: bool) -> dict[Any, Any]:
        """An empty form with these choices."""
        dropdown = self.gr.Dropdown
        nowhere = None if attends or not steps else "this model has no attention"
        return {
            self.step: dropdown(choices=steps, value=None),
            self.token: dropdown(choices=[], value=None),
            self.mute: dropdown(choices=places if attends else [], value=[], interactive=attends, info=nowhere),
            self.row: dropdown(choices=steps if attends else [], value=None, interactive=attends),
            self.look: dropdown(choices=places if attends else [], value=[], interactive=attends, info=nowhere),
            self.word: "",
            self.other: "",
        }

    def _tokens(self, step: int | None, known: tuple[Any, list, int]) -> Any:
        """The tokens that the model thought of in a step."""
        likeliest = known[1]
        found = likeliest[step] if step is not None and step < len(likeliest) else []
        choices = [(f"{visible(token)}   {percent(chance)}", token) for token, chance in found]
        # The first is what it wrote anyway.
        return self.gr.Dropdown(choices=choices, value=choices[1][1] if len(choices) > 1 else None)

    def _run(self, known, step, token, mute, row, look, word, other):
        try:
            question, _, positions = known
            if question is None:
                raise UserError("there is no run to change yet", "", "translate a text first")
            changes = _changes(positions, step, token, mute, row, look, word, other)
            found = self.desk.intervene(*question, **changes.arguments())
            return compared(found, changes.sentences(found.after.source["tokens"]))
        except Exception as error:
            return problem(error)


def _changes(positions, step, token, mute, row, look, word, other) -> Changes:
    """What the form says. `UserError` where half of a change is missing, or there is none."""
    halves = [
        (step is None, not token, "a token to force", "the step and the token"),
        (row is None, not look, "an attention to turn", "the step and where to look"),
        (not word, not other, "a word to swap", "the word and the other one"),
    ]
    for first, second, what, both in halves:
        if first != second:
            raise UserError(f"half of {what}", f"expected {both}", "fill in the other field, or empty both")
    weights = [1 / len(look) if place in look else 0.0 for place in range(positions)] if look else []
    changes = Changes(
        force={} if step is None else {step: token},
        attention={} if row is None else {row: weights},
        mute=tuple(mute or ()),
        swap={word: other} if word else None,
    )
    if not changes:
        raise UserError("nothing is to be changed yet", "", "fill in one of the four cards above")
    return changes


def _numbered(tokens: list[str]) -> list[tuple[str, int]]:
    """Choices: tokens with their numbers, from 1 as people count, and what stands for them."""
    return [(f"{place + 1} · {visible(token)}", place) for place, token in enumerate(tokens)]


def _card(title: str, text: str) -> str:
    return f'<h3>{title}</h3><p class="s2s-caption">{text}</p>'
