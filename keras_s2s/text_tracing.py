"""Traces and interventions on texts: what `Translator.trace` and `Translator.intervene` do."""

from numbers import Integral

import tensorflow as tf

from keras_s2s.decoding import Decoding
from keras_s2s.errors import UserError
from keras_s2s.ids import UNKNOWN_ID
from keras_s2s.intervention import Intervention
from keras_s2s.intervention_checks import check_together, checked_force, checked_mute, checked_rows, swapped
from keras_s2s.layers import LocalAttention
from keras_s2s.text.encoding import utf8
from keras_s2s.trace_changes import TraceChanges
from keras_s2s.tracer import Tracer

# What has no one translation to follow, or is done outside of the run.
_UNTRACED = {"samples", "temperature", "top_p", "seed", "n_best", "minimum_bayes_risk", "jit_compile"}


class TextTracing:
    """Makes traces of a translator's model.

    Args:
        translator: a `Translator` with a `Seq2Seq`.
    """

    def __init__(self, translator):
        self._translator = translator
        self._tracer = Tracer(translator.model, translator.target.get_vocabulary())

    def trace(self, text, prefix=b"", top_k=5, changes=None, **options):
        """See `Translator.trace`; `text` and `prefix` are UTF-8 bytes, `changes` are `TraceChanges`."""
        translator, decoding = self._translator, _decoding(options)
        if isinstance(top_k, bool) or not isinstance(top_k, Integral) or top_k < 1:
            raise UserError(f"top_k={top_k!r}", "expected a whole number of at least 1", "use 5")
        ids, surfaces = translator.graph.encode_source(tf.constant([text], tf.string))
        prefix_ids, prefix_surfaces = translator.graph.encoded_prefix(tf.constant([prefix], tf.string))
        limit, minimum = decoding.lengths.of(ids, translator.target_length, prefix_ids if prefix else None)
        given = {}
        if prefix:
            vocabulary = translator.target.get_vocabulary()
            for step, (index, surface) in enumerate(zip(prefix_ids.numpy()[0].tolist(), prefix_surfaces.numpy()[0],
                                                        strict=True)):
                given[step] = index, surface.decode() if index == UNKNOWN_ID else vocabulary[index]
        return self._tracer.run(
            ids, {"text": text.decode(), "tokens": [token.decode() for token in surfaces.numpy()[0]]},
            decoding.search(translator.target), int(limit[0]), None if minimum is None else int(minimum[0]), given,
            changes, int(top_k), "text", translator.name)

    def intervene(self, text, force=None, attention=None, mute=None, swap=None, prefix=b"", **options):
        """See `Translator.intervene`; `text` and `prefix` are UTF-8 bytes."""
        if force is None and attention is None and mute is None and swap is None:
            raise UserError("nothing is to be changed", "expected force, attention, mute or swap", "give one of them")
        translator, decoder = self._translator, self._translator.model.decoder
        new_text = utf8(swapped(text.decode(), swap))
        vocabulary = translator.target.get_vocabulary()
        prefix_length = int(translator.graph.encoded_prefix(tf.constant([prefix], tf.string))[0].shape[1])
        _, surfaces = translator.graph.encode_source(tf.constant([new_text], tf.string))
        tokens = surfaces.numpy()[0].tolist()
        forced = checked_force(force, vocabulary, prefix_length)
        local = decoder.attends and isinstance(decoder.attention, LocalAttention)
        rows, muted = checked_rows(attention, len(tokens), local), checked_mute(mute, tokens)
        check_together(rows, muted, decoder.attends)
        before = self.trace(text, prefix, **options)
        kept = []
        if not muted and new_text == text:
            # What comes before the first change stays, also where a beam would now prefer another beginning.
            ids = {token: index for index, token in enumerate(vocabulary)}
            first = min([*forced, *rows], default=0)
            kept = [ids.get(token, UNKNOWN_ID) for token in before.target_tokens[:first]]
        changes = TraceChanges(forced, rows, muted, tuple(kept))
        return Intervention(before, self.trace(new_text, prefix, changes=changes, **options))


def _decoding(options):
    decoding = Decoding(**options)
    useless = sorted(decoding.changed & _UNTRACED) + (["unknown='replace'"] if decoding.unknown == "replace" else [])
    if useless:
        raise UserError(f"{useless[0]} for a trace", "expected greedy search or a beam, of which the best is followed",
                        "leave it out")
    return decoding
