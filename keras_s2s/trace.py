"""Everything that a model computed in one run."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically
from keras_s2s.page_display import in_notebook, open_in_browser, show_in_notebook
from keras_s2s.trace_checks import check_trace
from keras_s2s.trace_json import from_json_types, to_json_types
from keras_s2s.trace_page import notebook_frame, trace_page
from keras_s2s.trace_step import TraceStep

SCHEMA_VERSION = 1
SCHEMA_PATH = Path(__file__).with_name("trace.schema.json")
"""The JSON Schema (2020-12) of what `Trace.save` writes."""


@dataclass(frozen=True, eq=False, repr=False)
class Trace:
    """Every tensor of one run, from `Translator.trace`. What a model lacks is `None`.

    Arrays are float32 and whole, as the model computed them. Tx source positions, U units of one direction of the
    encoder, D width of what the decoder attends to.

    Attributes:
        model: the model's name.
        kind: `"text"`, `"audio"` or `"image"`.
        source: dict of `text`, `tokens` (Tx) and `truncated`, whether these are its beginning only; for audio `frames`,
            for images `grid`, the span of each source position, and `picture`, what to show.
        target_tokens: list of strings, `"</s>"` at the end unless the length limit was reached.
        attend_order: `"after"`, `"before"` or `None`; see `AttentionDecoder`.
        context_use: without attention `"initial"`, `"every_step"` or `"both"`, see `RNNDecoder`; with attention
            `"input_feeding"` or `None`.
        readout: `"attention_vector"`, `"deep"` or `"state"`; see `Readout`.
        cell: the decoder's: `"simple_rnn"`, `"gru"` or `"lstm"`.
        score_formula: the attention's name, as in a configuration, or `None`.
        source_embeddings: `(Tx, E)`, what enters the encoder.
        encoder_states: dict: `forward` and `backward`, hidden states `(layers, Tx, U)` or `None`; `values` (Tx, D), the
            encoder's outputs.
        initial_state: for each layer of the decoder a dict, `hidden` (S,) and `cell` (S,) or `None`.
        steps: list of `TraceStep`; of a beam search those of the best hypothesis.
        beam: `None` for greedy search; else a list of dicts, one for each hypothesis that the beam kept after each
            step: `step`, `slot`, `parent` (its slot at the step before, `None` at the first), `token`, `score`,
            `finished`. One that has ended stands once, where it ended.
    """

    model: str
    kind: str
    source: dict
    target_tokens: list
    attend_order: str | None
    context_use: str | None
    readout: str
    cell: str
    score_formula: str | None
    source_embeddings: np.ndarray
    encoder_states: dict
    initial_state: list
    steps: list
    beam: list | None

    @property
    def schema_version(self):
        """The version of the JSON."""
        return SCHEMA_VERSION

    @property
    def weights(self):
        """The attention of all steps, `(target tokens, source positions)`; `None` without attention."""
        if self.attend_order is None:
            return None
        rows = [step.weights for step in self.steps]
        return np.stack(rows) if rows else np.zeros((0, len(self.source_embeddings)), "float32")

    def to_dict(self):
        """The trace as JSON types, numbers with six significant digits; see `trace.schema.json`.

        Raises:
            UserError: where the model computed numbers that JSON has not: its weights are broken.
        """
        fields = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        fields["steps"] = [{field.name: getattr(step, field.name) for field in dataclasses.fields(step)}
                           for step in self.steps]
        return {"schema_version": SCHEMA_VERSION, **to_json_types(fields)}

    def to_json(self):
        """The trace as a JSON string; see `to_dict`."""
        return json.dumps(self.to_dict(), ensure_ascii=False, allow_nan=False, separators=(",", ":"))

    def save(self, path):
        """Writes the JSON to a file."""
        write_atomically(path, self.to_json() + "\n")

    @classmethod
    def load(cls, path):
        """Reads a file that `save`, the command line or the browser wrote.

        Raises:
            UserError: where it is no trace, or of another version.
        """
        try:
            described = json.loads(Path(path).read_text(encoding="utf-8"))
            version = described.pop("schema_version")
            if version != SCHEMA_VERSION:
                raise UserError(f"the trace {path} has version {version!r}", f"expected version {SCHEMA_VERSION}",
                                "use the version of keras_s2s that wrote it, or trace anew")
            fields = from_json_types(described)
            trace = cls(**{**fields, "steps": [TraceStep(**step) for step in fields["steps"]]})
            check_trace(trace)
            return trace
        except UserError:
            raise
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise UserError(f"the trace {path} cannot be read ({type(error).__name__}: {error})",
                            "expected a file that `keras-s2s trace` wrote", "trace the text again") from error

    def to_html(self, compare=None):
        """A page that shows the trace, step by step, in one file; it opens without a network.

        Its address holds what is on the screen: `trace.html#view=attention&step=4&at=scores&present=1` leads to the
        scores of step 4, in large type.

        Args:
            compare: another `Trace`, to be shown beside this one. Defaults to none.

        Returns:
            a string.
        """
        return trace_page([self] if compare is None else [self, compare])

    def save_html(self, path, compare=None):
        """Writes `to_html` to a file."""
        write_atomically(path, self.to_html(compare))

    def show(self, compare=None, height=720):
        """Shows the trace: in a notebook below the cell, elsewhere in the browser, from a temporary file.

        Args:
            compare: see `to_html`.
            height: int. Of the notebook's frame, in pixels. Defaults to 720.
        """
        if in_notebook():
            traces = [self] if compare is None else [self, compare]
            show_in_notebook(notebook_frame(trace_page(traces, fragment=False), height))
        else:
            open_in_browser(self.to_html(compare))

    def plot(self, path=None, title=None):
        """The attention of all steps as a picture.

        Args:
            path: ends in `.png`, `.svg` or `.pdf`: where to write it, too. Defaults to nowhere.
            title: printed above. Defaults to none.

        Returns:
            a matplotlib figure.

        Raises:
            UserError: where there is no attention or no step, and for another ending.
        """
        from keras_s2s.plots import plot_attention

        if self.weights is None:
            raise UserError("there is no attention to draw", "expected a trace of a model with attention",
                            "use another model")
        source = self.source["tokens"] or [str(place + 1) for place in range(len(self.source_embeddings))]
        return plot_attention(source, self.target_tokens, self.weights, title, path)

    def __repr__(self):
        return (f"Trace({self.model!r}, {len(self.source_embeddings)} source positions, "
                f"target_tokens={self.target_tokens!r})")
