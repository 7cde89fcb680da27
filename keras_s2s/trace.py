"""Everything that a model computed in one run."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from keras_s2s.errors import UserError
from keras_s2s.files import write_atomically
from keras_s2s.trace_json import from_json_types, to_json_types
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
        source: dict of `text` and `tokens` (Tx); for audio `frames`, for images `grid`, the span of each source
            position, and `picture`, what to show.
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
            return cls(**{**fields, "steps": [TraceStep(**step) for step in fields["steps"]]})
        except UserError:
            raise
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(f"the trace {path} cannot be read ({type(error).__name__}: {error})",
                            "expected a file that `keras-s2s trace` wrote", "trace the text again") from error

    def __repr__(self):
        return (f"Trace({self.model!r}, {len(self.source_embeddings)} source positions, "
                f"target_tokens={self.target_tokens!r})")
