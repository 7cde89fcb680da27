"""One decoder step of a trace."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False, repr=False)
class TraceStep:
    """What happened at one step. Arrays are float32; Tx source positions, S units of the decoder.

    Attributes:
        input_token: the token that the step reads; at first `"<s>"`, or `"</s>"` for models that begin with it.
        input_embedding: `(E,)`.
        previous_state: for each layer a dict, `hidden` (S,) and `cell` (S,), `None` but for an LSTM.
        query: `(S,)`, the decoder's state that looks; `None` without attention.
        scores: `(Tx,)` before the softmax; `None` without attention. -30000 at muted positions.
        weights: `(Tx,)` after it; `None` without attention.
        context: `(D,)`; without attention the source's one vector, `None` where no step reads it.
        coverage: `(Tx,)`, the weights up to this step, added up; `None` but for coverage attention.
        state: as `previous_state`, after the step.
        gates: for each layer a dict of `(S,)`: `update`, `reset` and `candidate` of a GRU, `input`, `forget`,
            `candidate` and `output` of an LSTM; `None` for the simple recurrent cell.
        attention_vector: the vector that predicts the token; see `Readout`.
        top_k: the likeliest tokens, dicts of `token` and `probability`, likeliest first; without padding and start.
        token: the token that was written.
        overridden: what was set from outside: a list of `"token"`, `"weights"`, `"mask"`; `None` where nothing was.
    """

    input_token: str
    input_embedding: np.ndarray
    previous_state: list
    query: np.ndarray | None
    scores: np.ndarray | None
    weights: np.ndarray | None
    context: np.ndarray | None
    coverage: np.ndarray | None
    state: list
    gates: list | None
    attention_vector: np.ndarray
    top_k: list
    token: str
    overridden: list | None = None

    def __repr__(self):
        return f"TraceStep({self.input_token!r} -> {self.token!r})"
