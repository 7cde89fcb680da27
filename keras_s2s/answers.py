"""What the graph returns, as translations."""

import dataclasses

import tensorflow as tf

from keras_s2s.alignment import replace_unknown
from keras_s2s.reranking import minimum_bayes_risk
from keras_s2s.search.beam import NO_HYPOTHESIS
from keras_s2s.text.words import UNKNOWN_TOKEN, without_end
from keras_s2s.translation import Translation


class Answers:
    """Makes a `Translation` of a row of the graph's outputs.

    Args:
        decoding: a `Decoding`.
        source, target: tokenizers, or `None` for a SavedModel: there are no words then.
        max_source_tokens: int. How many tokens of a text are read. `None` reads all.
    """

    def __init__(self, decoding, source=None, target=None, max_source_tokens=None):
        self.decoding, self.source, self.target = decoding, source, target
        self.max_source_tokens = max_source_tokens

    def of(self, text, row):
        """The translation of a text: the best, with the others in its `n_best` where several were asked for.

        Args:
            text: the source.
            row: dict of the outputs of `TranslationGraph.explain` for this text, as arrays.
        """
        source_tokens = [token.decode() for token in row["source_tokens"] if token]
        if "n_best" not in row:
            return self._one(text, source_tokens, row)
        n_best = row["n_best"]
        places = [place for place, score in enumerate(n_best["score"]) if score > NO_HYPOTHESIS / 2]
        places.sort(key=lambda place: -n_best["score"][place])  # samples come as they were drawn
        scores = n_best["score"]
        if self.decoding.minimum_bayes_risk and places:
            order, expected = minimum_bayes_risk([n_best["translation"][place].decode() for place in places])
            scores = dict(zip(places, expected, strict=True))
            places = [places[place] for place in order]
        best: dict[str, Translation] = {}
        for place in places:
            one = self._one(text, source_tokens, {**{name: value[place] for name, value in n_best.items()},
                                                  "score": scores[place]})
            best.setdefault(one.text, one)
            if len(best) == self.decoding.n_best:
                break
        if not best:  # nothing could be written
            return self._one(text, source_tokens, {name: value[0] for name, value in n_best.items()})
        found = tuple(best.values())
        return dataclasses.replace(found[0], n_best=found if self.decoding.n_best > 1 else ())

    def _one(self, text, source_tokens, row):
        tokens = [token.decode() for token in row["target_tokens"] if token]
        # A copy: a view would keep the attention of the whole batch in memory.
        attention = row["attention"][:len(tokens), :len(source_tokens)].copy()
        written, translated = tokens, row["translation"].decode()
        source_words = self.source.words(source_tokens) if self.source is not None else None
        if self.decoding.unknown == "replace" and source_words is not None and UNKNOWN_TOKEN in tokens:
            # Between characters, the character that was looked at takes the place of an unknown one.
            copied = source_words if self.target.type_name != "character" else [
                (place, place + 1) for place in range(len(without_end(source_tokens)))]
            written = replace_unknown(tokens, source_tokens, attention, copied)
            translated = self.target.join(tf.ragged.constant([without_end(written)], tf.string)).numpy()[0].decode()
        return Translation(
            source=text, text=translated, score=float(row["score"]), log_prob=float(row["log_prob"]), tokens=written,
            source_tokens=source_tokens, token_log_probs=row["token_log_probs"][:len(tokens)].tolist(),
            attention=attention, source_words=source_words,
            words=self.target.words(tokens) if self.target is not None else None,
            truncated=self._is_truncated(text, source_tokens))

    def _is_truncated(self, text, source_tokens):
        if self.source is None:
            return None
        most = self.max_source_tokens
        # The end token counts here. Few texts are so long that it takes another look.
        return most is not None and len(source_tokens) > most and self.source.exceeds(text, most)
