"""Text in, text out as one graph: what the translator runs and what the export saves."""

import contextlib

import keras
import tensorflow as tf

from keras_s2s.ids import END_ID, START_ID
from keras_s2s.search import Forced, Greedy
from keras_s2s.weights import saved_variables


class TranslationGraph(tf.Module):
    """Tokenizers, model and search in one graph, so that every runtime gives the same answer.

    No row can make the graph raise: invalid UTF-8 becomes U+FFFD, text beyond `max_source_tokens` is cut, `""`
    gives `""` with score 0. Rows do not influence each other: every row has its own length limit, from its own
    source length.

    Args:
        model: a built `Seq2Seq`.
        source, target: adapted tokenizers.
        max_source_tokens: int.
        target_length: dict with `factor`, `offset`, `maximum`: a source of n tokens gets at most
            min(maximum, offset + floor(factor * n)) target tokens.
        search: defaults to `Greedy()`.
        weights: `None` for the model's own variables, or a list of `tf.Variable` (float16 or float32), one for each
            of the model's saved variables, to be used in their place.
    """

    def __init__(self, model, source, target, max_source_tokens, target_length, search=None, weights=None):
        super().__init__()
        self.source_table, self.target_table = source._table, target._table  # tracked, so that the export saves them
        self.model_weights = weights if weights is not None else [variable.value for variable in saved_variables(model)]
        # In a closure, not as attributes: the Keras model must not become part of the SavedModel.
        self._parts = lambda: (model, source, target, search or Greedy(), weights is not None)
        self._max_source_tokens, self._target_length = max_source_tokens, dict(target_length)

    def encode_source(self, texts):
        """`(ids, surfaces)` of texts: `(B, Tx)` int32 with the end token, `(B, Tx)` strings, both padded."""
        _, source, *_ = self._parts()
        ids, surfaces = source.tokenize(texts, self._max_source_tokens)
        ends = tf.fill([tf.shape(texts)[0], 1], END_ID)
        ids = tf.concat([ids, tf.RaggedTensor.from_tensor(ends)], axis=1)
        surfaces = tf.concat([surfaces, tf.fill(tf.shape(ends), "</s>")], axis=1)
        return ids.to_tensor(), surfaces.to_tensor()

    def limit(self, source_ids):
        """Most target tokens of each row, `(B,)`; 0 for an empty source."""
        length = tf.reduce_sum(tf.cast(source_ids > 0, tf.int32), axis=1) - 1
        rule = self._target_length
        limit = rule["offset"] + tf.cast(tf.floor(rule["factor"] * tf.cast(length, tf.float32)), tf.int32)
        return tf.where(length > 0, tf.minimum(limit, rule["maximum"]), 0)

    def decode(self, source_ids):
        """Search result of source ids `(B, Tx)`; see `Greedy`."""
        model, _, _, search, _ = self._parts()
        with self._weights():
            memory, state = model.encode(source_ids)
            return search(model.step, state, memory, self.limit(source_ids))

    def explain(self, text):
        """The signature `explain`: texts `(B,)` to translations and everything about them."""
        _, _, target, *_ = self._parts()
        ids, surfaces = self.encode_source(text)
        result = self.decode(ids)
        return {"translation": target.detokenize(result["ids"]), "score": result["score"],
                "log_prob": result["log_prob"], "target_tokens": target.tokens(result["ids"]),
                "token_log_probs": result["token_log_probs"], "source_tokens": surfaces,
                "attention": result["attention"]}

    def translate(self, text):
        """The signature `serving_default`: texts `(B,)` to `translation` and `score`."""
        answer = self.explain(text)
        return {name: answer[name] for name in ("translation", "score")}

    def score(self, source, target):
        """The signature `score`: tokens, log-probabilities and attention of given targets, end token included."""
        model, _, target_tokenizer, *_ = self._parts()
        source_ids, surfaces = self.encode_source(source)
        target_ids, _ = target_tokenizer.tokenize(target, self._target_length["maximum"])
        column = tf.ones([tf.shape(target)[0], 1], tf.int32)
        labels = tf.concat([target_ids, tf.RaggedTensor.from_tensor(END_ID * column)], axis=1).to_tensor()
        inputs = tf.concat([START_ID * column, labels[:, :-1]], axis=1)
        with self._weights():
            memory, state = model.encode(source_ids)
            scored = Forced()(model.step, state, memory, inputs, labels)
        return {**scored, "source_tokens": surfaces, "target_tokens": target_tokenizer.tokens(labels)}

    def _weights(self):
        """Puts `weights` in the place of the model's variables."""
        model, *_, replaced = self._parts()
        if not replaced:
            return contextlib.nullcontext()
        return keras.StatelessScope(state_mapping=[
            (variable, tf.cast(weight, tf.float32))
            for variable, weight in zip(saved_variables(model), self.model_weights, strict=True)])
