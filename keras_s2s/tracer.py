"""Runs a model and keeps every tensor."""

import itertools

import numpy as np
import tensorflow as tf

from keras_s2s.errors import UserError
from keras_s2s.ids import END_ID, START_ID
from keras_s2s.score_formula import score_formula_of
from keras_s2s.search.beam import Beam
from keras_s2s.search.constraints import NEVER
from keras_s2s.search.recorded_beam import RecordedBeam
from keras_s2s.trace import Trace
from keras_s2s.trace_changes import TraceChanges
from keras_s2s.trace_step import TraceStep
from keras_s2s.traced_functions import TracedFunctions


class Tracer:
    """Searches with the real search, then takes the steps of what was found once more and keeps their tensors.

    Args:
        model: a built `Seq2Seq`.
        vocabulary: list of strings, the target token of each id.
    """

    def __init__(self, model, vocabulary):
        self.model, self.vocabulary = model, vocabulary
        self._functions: dict = {}

    def run(self, source, described, search, limit, minimum=None, given=None, changes=None, top_k=5, kind="text",
            name="model"):
        """The trace of one source.

        Args:
            source: `(1, Tx)` int ids, or `(1, Tx, D)` features.
            described: dict for `Trace.source`: `tokens`, `frames` or `grid` ...; what it lacks is `None`.
            search: `Greedy` or `Beam`.
            limit: int, the most target tokens, the end token included. 0 gives none.
            minimum: int, the fewest before the end token, or `None`.
            given: dict of step to `(id, token)`: a prefix. Defaults to none.
            changes: `TraceChanges`. Defaults to none.
            top_k: int. How many of the likeliest tokens each step names. Defaults to 5.
            kind: `"text"`, `"audio"` or `"image"`.
            name: the model's name.

        Raises:
            UserError: where the run ends before a step that was to be changed, or local attention sees nothing but
                muted positions.
        """
        changes, prefix = changes or TraceChanges(), given or {}
        changes.check_steps(limit, "the translation may have {} tokens at most")
        given = {**prefix, **{step: (index, self.vocabulary[index]) for step, index in changes.forced.items()}}
        functions = self._functions_for(source)
        memory, state, found = functions.encode(source)
        memory = {**memory, "mask": tf.constant(_unmuted(memory["mask"].numpy(), changes.muted))}
        ids, nodes = self._search(functions, memory, state, search, limit, minimum,
                                  {step: index for step, (index, _) in prefix.items()}, changes)
        changes.check_steps(len(ids), "the translation ends after {} tokens")
        steps = self._follow(functions, memory, state, ids, given, changes, top_k)
        decoder = self.model.decoder
        order = decoder.attend if decoder.attends else None
        context_use = decoder.context if order is None else "input_feeding" if decoder.input_feeding else None
        return Trace(
            model=name, kind=kind,
            source={**dict.fromkeys(("text", "tokens", "truncated", "frames", "grid", "picture")), **described},
            target_tokens=[step.token for step in steps], attend_order=order, context_use=context_use,
            readout=decoder.readout.kind, cell=decoder.options["cell"],
            score_formula=score_formula_of(decoder.attention) if decoder.attends else None,
            source_embeddings=_row(found["embeddings"]),
            encoder_states={**{direction: self._of_layers(found["states"], direction)
                               for direction in ("forward", "backward")}, "values": _row(found["values"])},
            initial_state=self._layers(state), steps=steps,
            beam=None if nodes is None else [{**node, "token": self._written(node["step"], node["token"], given)}
                                             for node in nodes])

    def _functions_for(self, source):
        features = source.shape[2] if len(source.shape) == 3 else None
        if features not in self._functions:
            self._functions[features] = TracedFunctions(self.model, features)
        return self._functions[features]

    def _search(self, functions, memory, state, search, limit, minimum, wanted, changes):
        """`(ids, nodes)` of the best hypothesis and of the beam; `nodes` is `None` for other searches.

        `wanted`: dict of step to the id that a prefix wants there.
        """
        recorded = RecordedBeam.like(search) if isinstance(search, Beam) else search
        nodes = recorded.nodes if isinstance(recorded, RecordedBeam) else None
        if not limit:
            return [], nodes
        numbers, (forced, weights) = itertools.count(), changes.searched

        def step(token, state, memory):  # a search takes each step once
            return functions.step(token, state, memory, weights.get(next(numbers)))[:3]

        options = {}
        wanted = {**wanted, **forced, **dict(enumerate(changes.kept))}
        if wanted:
            prefix = np.zeros((1, max(wanted) + 1), "int32")  # 0 leaves the choice to the search
            prefix[0, list(wanted)] = list(wanted.values())
            options["prefix"] = tf.constant(prefix)
        if minimum is not None:
            options["minimum"] = tf.constant([minimum], tf.int32)
        found = recorded(step, state, memory, tf.constant([limit], tf.int32), **options)
        return found["ids"][0, :int(found["length"][0])].numpy().tolist(), nodes

    def _follow(self, functions, memory, state, ids, given, changes, top_k):
        """The steps that lead to these ids."""
        steps, previous = [], START_ID
        # What models read at first whose source ends and whose target begins with the same token.
        said = self.vocabulary[END_ID if self.model.decoder.first_input == "end" else START_ID]
        for place, index in enumerate(ids):
            logits, after, _, found = functions.step(tf.constant([previous], tf.int32), state, memory,
                                                     changes.weights.get(place))
            token = self._written(place, index, given)
            overridden = [kind for kind, is_so in (("token", place in given), ("weights", place in changes.weights),
                                                   ("mask", bool(changes.muted))) if is_so]
            names = ("input_embedding", "query", "scores", "weights", "context", "attention_vector")
            kept: dict = {name: None if found[name] is None else _row(found[name]) for name in names}
            _check_muted(kept["weights"], changes.muted, place)
            steps.append(TraceStep(
                input_token=said, previous_state=self._layers(state), state=self._layers(after),
                coverage=_row(after["coverage"]) if "coverage" in after else None, gates=self._gates(found["gates"]),
                top_k=self._likeliest(_row(logits), top_k), token=token, overridden=overridden or None, **kept))
            state, previous, said = after, index, token
        return steps

    def _written(self, step, index, given):
        """The token of an id; what a prefix gave stays as it was, also where the model does not know it."""
        is_given = step in given and given[step][0] == index
        return given[step][1] if is_given else self.vocabulary[index]

    def _layers(self, state):
        """The decoder's cells, a dict for each layer."""
        cells = state["cells"]
        return [{name: _row(cells[layer][name]) if name in cells[layer] else None for name in ("hidden", "cell")}
                for layer in self.model.decoder.stack.layer_names]

    def _gates(self, gates):
        """The gates of each layer; the simple recurrent cell has none."""
        if self.model.decoder.options["cell"] == "simple_rnn":
            return None
        return [{name: _row(values) for name, values in gates[layer].items()}
                for layer in self.model.decoder.stack.layer_names]

    def _of_layers(self, states, direction):
        """`(layers, Tx, U)` of one direction, or `None` where the encoder does not read so."""
        return np.stack([_row(layer[direction]) for layer in states]) if direction in states[0] else None

    def _likeliest(self, logits, number):
        """The tokens with the largest of these logits, with their probabilities among all tokens."""
        exponentials = np.exp(logits - logits.max())
        probabilities = exponentials / exponentials.sum()
        order = [index for index in np.argsort(-logits, kind="stable")[:number + len(NEVER)] if index not in NEVER]
        return [{"token": self.vocabulary[index], "probability": float(probabilities[index])}
                for index in order[:number]]


def _row(tensor):
    """The only row of a batch, as an array."""
    return np.asarray(tensor)[0]


def _unmuted(mask, muted):
    mask = mask.copy()
    mask[:, list(muted)] = False
    return mask


def _check_muted(weights, muted, step):
    # Where local attention's whole window is muted, its softmax has nothing but what is masked.
    if muted and weights[list(muted)].any():
        raise UserError(f"everything that the model can look at in step {step} is muted",
                        "expected a position that is left, near the one that local attention predicts",
                        "mute fewer positions")
