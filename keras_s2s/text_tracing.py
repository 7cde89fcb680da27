"""Traces and interventions on texts: what `Translator.trace` and `Translator.intervene` do."""

from numbers import Integral

import tensorflow as tf

from keras_s2s.decoding import Decoding
from keras_s2s.errors import UserError
from keras_s2s.ids import UNKNOWN_ID
from keras_s2s.intervention import Intervention
from keras_s2s.intervention_checks import check_together, checked_force, checked_mute, checked_rows, swapped
from keras_s2s.layers import LocalAttention
from keras_s2s.text.encoding import checked_texts, utf8
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
        self._vocabulary = translator.target.get_vocabulary()
        self._tracer = Tracer(translator.model, self._vocabulary)

    def trace(self, text, prefix=None, top_k=5, changes=None, **options):
        """See `Translator.trace`; `changes` are `TraceChanges`."""
        translator, decoding = self._translator, _decoding(options)
        text, prefix = checked_texts([text, prefix or ""])
        translator.checked_prefixes([prefix], 1, decoding)
        if isinstance(top_k, bool) or not isinstance(top_k, Integral) or top_k < 1:
            raise UserError(f"top_k={top_k!r}", "expected a whole number of at least 1", "use 5")
        ids, tokens = self._source(text)
        prefix_ids, given = self._prefix(prefix)
        limit, minimum = decoding.lengths.of(ids, translator.target_length, prefix_ids)
        return self._tracer.run(
            ids, {"text": utf8(text).decode(), "tokens": tokens}, decoding.search(translator.target), int(limit[0]),
            None if minimum is None else int(minimum[0]), given, changes, int(top_k), "text", translator.name)

    def intervene(self, text, force=None, attention=None, mute=None, swap=None, prefix=None, **options):
        """See `Translator.intervene`."""
        if force is None and attention is None and mute is None and swap is None:
            raise UserError("nothing is to be changed", "expected force, attention, mute or swap", "give one of them")
        text, prefix = checked_texts([text, prefix or ""])
        new_text = swapped(text, swap)
        changes = self._changes(force, attention, mute, new_text, prefix)
        before = self.trace(text, prefix, **options)
        if before.beam is not None and not changes.muted and new_text == text:
            changes = changes.after_beam(before, self._vocabulary)
        return Intervention(before, self.trace(new_text, prefix, changes=changes, **options))

    def _changes(self, force, attention, mute, text, prefix):
        """The changes, checked against the text, the model and its vocabulary."""
        decoder, (_, tokens), (_, given) = self._translator.model.decoder, self._source(text), self._prefix(prefix)
        local = decoder.attends and isinstance(decoder.attention, LocalAttention)
        forced = checked_force(force, self._vocabulary, len(given))
        rows, muted = checked_rows(attention, len(tokens), local), checked_mute(mute, tokens)
        check_together(rows, muted, decoder.attends)
        return TraceChanges(forced, rows, muted)

    def _source(self, text):
        """`(ids, tokens)` of a text: `(1, Tx)`, and strings as they were read."""
        ids, surfaces = self._translator.graph.encode_source(tf.constant([utf8(text)], tf.string))
        return ids, [token.decode() for token in surfaces.numpy()[0]]

    def _prefix(self, prefix):
        """`(ids, given)` of a prefix: `(1, P)`, and the id and the token of each step that it takes.

        A token that the model does not know stays as it was given.
        """
        ids, surfaces = self._translator.graph.encoded_prefix(tf.constant([utf8(prefix)], tf.string))
        return ids, {step: (index, surface.decode() if index == UNKNOWN_ID else self._vocabulary[index])
                     for step, (index, surface) in enumerate(zip(ids.numpy()[0].tolist(), surfaces.numpy()[0],
                                                                 strict=True))}


def _decoding(options):
    decoding = Decoding(**options)
    useless = sorted(decoding.changed & _UNTRACED) + (["unknown='replace'"] if decoding.unknown == "replace" else [])
    if useless:
        raise UserError(f"a trace with {useless[0]}", "expected greedy search or a beam, of which the best is followed",
                        "leave it out")
    return decoding
