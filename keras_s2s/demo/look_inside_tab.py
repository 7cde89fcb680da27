"""The tab Look inside."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from keras_s2s.demo.changes import Changes
from keras_s2s.demo.page_html import cut_note, hint, lead, place, problem
from keras_s2s.demo.sentence_tab import SentenceTab
from keras_s2s.errors import UserError

if TYPE_CHECKING:
    from keras_s2s.trace import Trace

_BRIDGE = Path(__file__).with_name("mechanics_bridge.js")
_COMPONENT = Path(__file__).parents[1] / "assets" / "mechanics" / "mechanics.js"
_HINT = "The run appears here, step by step, with the numbers that the model computed."
_LEAD = (
    "One run of the model, with its own numbers: read the text token by token, then write the translation. Play it, "
    "step through it, or press the arrow keys. Change something, and the model goes on from there."
)


def mechanics_script() -> str:
    """The component `<seq2seq-mechanics>` as a script element for the page's head."""
    source = _COMPONENT.read_text(encoding="utf-8").replace("</script", "<\\/script")
    return f'<script type="module">{source}</script>'


class LookInsideTab(SentenceTab):
    """The mechanics view of one run, in which the visitor may intervene.

    Args:
        gr, desk: See `SentenceTab`.
        asked: The components of text, model and beam size.
    """

    name = "look-inside"

    def __init__(self, gr: Any, desk: Any, asked: list[Any]):
        super().__init__(gr, desk)
        with gr.Tab("Look inside", id=self.name, elem_id=self.name) as self.tab:
            place(gr, lead(_LEAD))
            self.message = place(gr, hint(_HINT), elem_id="look-inside-message")
            with gr.Row():
                self.undo = gr.Button(
                    "Back to the model's own run", size="sm", visible=False, elem_id="undo", scale=0, min_width=240
                )
            self.view = gr.HTML(
                "", html_template="", js_on_load=_BRIDGE.read_text(encoding="utf-8"), apply_default_css=False,
                elem_id="mechanics",
            )
            # The question whose run is shown, which need not be what is being typed; and what was changed in the run.
            self.question, self.changes = gr.State(None), gr.State(Changes())
        self.outputs = [self.message, self.undo, self.view, self.question, self.changes]
        self.result = self.message
        private = {"api_visibility": "private", "show_progress_on": self.view, "concurrency_id": "models"}
        self.view.intervention(self._rerun(), [self.question, self.changes], self.outputs, **private)
        self.undo.click(self.show, asked, self.outputs, **private)

    def answer(self, text, model, beam_size):
        question = (text, model, beam_size)
        trace = self.desk.trace(*question)
        return self._shown(_value(trace), _cut(trace), question, Changes())

    def empty(self, message=None):
        return self._shown("", message or hint(_HINT), None, Changes())

    def _shown(self, value: str, message: str, question: Any, changes: Changes) -> dict[Any, Any]:
        gr = self.gr
        return {
            self.message: gr.HTML(message, visible=bool(message)),
            self.undo: gr.Button(visible=bool(changes)),
            self.view: value,
            self.question: question,
            self.changes: changes,
        }

    def _rerun(self):
        gr = self.gr

        def rerun(question: tuple[str, str, int] | None, changes: Changes, event: Any):
            try:
                if question is None:
                    raise UserError("there is no run to change yet", "", "translate a text first")
                more = changes.with_request(event._data or {}, question[0])
                if not more:
                    return self.answer(*question)
                found = self.desk.intervene(*question, **more.arguments())
            except Exception as error:
                # The run that is shown stays, and so do the changes that it has.
                return {self.message: gr.HTML(problem(error), visible=True)}
            told = more.sentences(found.after.source["tokens"])
            return self._shown(_value(found.after, found.before), _done(told) + _cut(found.after), question, more)

        # Gradio hands over the event where an argument is annotated with its class.
        rerun.__annotations__["event"] = gr.EventData
        return rerun


def _done(told: list[str]) -> str:
    return lead(f"Changed: {'; '.join(told)}. The second run beside it is the model's own.")


def _cut(trace: "Trace") -> str:
    return cut_note(trace.source["tokens"]) if trace.source["truncated"] else ""


def _value(trace: "Trace", compare: "Trace | None" = None) -> str:
    """What the bridge reads."""
    second = f',"compare":{compare.to_json()}' if compare is not None else ""
    # Gradio looks for elements in whatever it is given.
    return f'{{"trace":{trace.to_json()}{second}}}'.replace("<", "\\u003c")
