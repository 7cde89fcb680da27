"""Traces and interventions on texts: what `Translator.trace` and `Translator.intervene` do."""

from collections.abc import Mapping
from numbers import Integral

import tensorflow as tf

from keras_s2s.decoding import Decoding
from keras_s2s.errors import UserError, shortened
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
            raise UserError(f"top_k={shortened(top_k)}", "expected a whole number of at least 1", "use 5")
        ids, tokens = self._source(text)
        prefix_ids, given = self._prefix(prefix)
        limit, minimum = self._limits(decoding, ids, prefix_ids)
        return self._tracer.run(
            ids, {"text": utf8(text).decode(), "tokens": tokens, "truncated": self._is_truncated(text)},
            decoding.search(translator.target), limit, minimum, given, changes, int(top_k), "text", translator.name)

    def intervene(self, text, force=None, attention=None, mute=None, swap=None, prefix=None, top_k=5, **options):
        """See `Translator.intervene`."""
        if force is None and attention is None and mute is None and swap is None:
            raise UserError("nothing is to be changed", "expected force, attention, mute or swap", "give one of them")
        text, prefix = checked_texts([text, prefix or ""])
        new_text = swapped(text, swap)
        self._check_read(text, swap)
        changes = self._changes(force, attention, mute, new_text, prefix)
        limit, _ = self._limits(_decoding(options), self._source(new_text)[0], self._prefix(prefix)[0])
        changes.check_steps(limit, "the translation may have {} tokens at most")
        before = self.trace(text, prefix, top_k, **options)

        def rerun(changes):
            return self.trace(new_text, prefix, top_k, changes, **options)

        if before.beam is None or not changes.steps:
            return Intervention(before, rerun(changes))
        is_other = changes.muted or new_text != text
        without = rerun(TraceChanges(muted=changes.muted)) if is_other else before
        return Intervention(before, self._step_by_step(changes, without, rerun))

    def _step_by_step(self, changes, run, rerun):
        """The run with all changes, each made in the run with those before it: what was written until then stays.

        Greedy search needs no such care. A beam that was given all of them at once would choose what stands between
        them anew.

        Args:
            changes: `TraceChanges`.
            run: the `Trace` without the changes of steps.
            rerun: makes a `Trace` with changes.
        """
        made = TraceChanges(muted=changes.muted)
        for step in changes.steps:
            made = made.with_step(step, changes, run, self._vocabulary)
            if step not in made.idle or step == changes.steps[-1]:
                run = rerun(made)
        return run

    def _changes(self, force, attention, mute, text, prefix):
        """The changes, checked against the text, the model and its vocabulary."""
        decoder, (_, tokens), (_, given) = self._translator.model.decoder, self._source(text), self._prefix(prefix)
        local = decoder.attends and isinstance(decoder.attention, LocalAttention)
        forced = checked_force(force, self._vocabulary, len(given))
        rows, muted = checked_rows(attention, len(tokens), local), checked_mute(mute, tokens)
        check_together(rows, muted, decoder.attends)
        return TraceChanges(forced, rows, muted)

    def _check_read(self, text, swap):
        """Refuses to swap what stands behind the last token that the model reads of a long text."""
        if not swap or not self._is_truncated(text):
            return
        _, tokens = self._source(text)
        parts = [{word: other} for word, other in swap.items()] if isinstance(swap, Mapping) else [swap]
        for part in parts:
            other = swapped(text, part)
            if other != text and self._source(other)[1] == tokens:
                raise UserError(f"swap={shortened(part)} changes nothing that the model reads",
                                f"expected a word among the first {len(tokens) - 1} tokens: it reads no more of a text",
                                "shorten the text, or swap an earlier word")

    def _is_truncated(self, text):
        return self._translator.source.exceeds(text, self._translator.max_source_tokens)

    def _limits(self, decoding, ids, prefix_ids):
        """The most target tokens and the fewest before the end token, which is `None` where none are asked for."""
        limit, minimum = decoding.lengths.of(ids, self._translator.target_length, prefix_ids)
        return int(limit[0]), None if minimum is None else int(minimum[0])

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
