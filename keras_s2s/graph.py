"""Text in, text out as one graph: what the translator runs and what the export saves."""

import tensorflow as tf

from keras_s2s.ids import END_ID, START_ID, UNKNOWN_ID
from keras_s2s.length_limits import LengthLimits
from keras_s2s.search import Beam, Forced, Greedy
from keras_s2s.search.backend import weights_read_once
from keras_s2s.search.beam import NO_HYPOTHESIS
from keras_s2s.weights import saved_variables

MAX_BEAM_SIZE = 100
"""No request gets a larger beam from a SavedModel."""


class TranslationGraph(tf.Module):
    """Tokenizers, model and search in one graph, so that every runtime gives the same answer.

    No row can make the graph raise: invalid UTF-8 becomes U+FFFD, text beyond `max_source_tokens` is cut, `""`
    gives `""` with score 0. Rows do not influence each other: every row has its own length limit, from its own
    source length.

    Args:
        model: a built `Seq2Seq` or an `Ensemble`.
        source, target: adapted tokenizers.
        max_source_tokens: int.
        target_length: dict with `factor`, `offset`, `maximum`: a source of n tokens gets at most
            min(maximum, offset + floor(factor * n)) target tokens.
        weights: `None` for the model's own variables, or a list of `tf.Variable` (float16 or float32), one for each
            of the model's saved variables, to be used in their place.
    """

    def __init__(self, model, source, target, max_source_tokens, target_length, weights=None):
        super().__init__()
        self.source_table, self.target_table = source._table, target._table  # tracked, so that the export saves them
        self.model_weights = weights if weights is not None else [variable.value for variable in saved_variables(model)]
        # In a closure, not as attributes: the Keras model must not become part of the SavedModel.
        self._parts = lambda: (model, source, target)
        self._max_source_tokens, self._target_length = max_source_tokens, dict(target_length)

    def encode_source(self, texts):
        """`(ids, surfaces)` of texts: `(B, Tx)` int32 with the end token, `(B, Tx)` strings, both padded."""
        _, source, _ = self._parts()
        ids, surfaces = source.tokenize(texts, self._max_source_tokens)
        ends = tf.fill([tf.shape(texts)[0], 1], END_ID)
        ids = tf.concat([ids, tf.RaggedTensor.from_tensor(ends)], axis=1)
        surfaces = tf.concat([surfaces, tf.fill(tf.shape(ends), "</s>")], axis=1)
        return ids.to_tensor(), surfaces.to_tensor()

    def decode(self, source_ids, search=None, lengths=None, prefix_ids=None, sizes=None, draws=None, jit_compile=False):
        """Search result of source ids `(B, Tx)`; see the search's call arguments, and `explain`."""
        model, *_ = self._parts()
        search, lengths = search or Greedy(), lengths or LengthLimits()
        limit, minimum = lengths.of(source_ids, self._target_length, prefix_ids)
        options = {"minimum": minimum}
        options |= {"prefix": prefix_ids} if prefix_ids is not None else {}
        options |= {"sizes": sizes} if sizes is not None else {}
        options |= {"draws": draws} if draws is not None else {}

        columns = (lengths.maximum or self._target_length["maximum"]) if jit_compile else None

        def run(source_ids, limit, options):
            with self._weights():
                memory, state = model.encode(source_ids)
                return search(model.step, state, memory, limit, columns=columns, **options)

        if not jit_compile:
            return run(source_ids, limit, options)
        # XLA compiles anew for every shape: few shapes.
        source_ids = tf.pad(source_ids, [[0, 0], [0, -tf.shape(source_ids)[1] % 8]])
        return tf.function(run, jit_compile=True)(source_ids, limit, options)

    def explain(self, text, search=None, lengths=None, prefix=None, draws=None, jit_compile=False):
        """The signature `explain`: texts `(B,)` to translations and everything about them.

        Args:
            text: `(B,)` strings.
            search: defaults to `Greedy()`.
            lengths: a `LengthLimits`.
            prefix: `(B,)` strings with which the translations begin, or `None`.
            draws: see `Sampling`.
            jit_compile: bool. Whether XLA compiles the search.

        Returns:
            dict of tensors, batch first; with a search that has several hypotheses `n_best`, a dict of the same with
            an axis for them behind the batch's, as the search gives them.
        """
        ids, surfaces = self.encode_source(text)
        prefix_ids, prefix_surfaces = self.encoded_prefix(prefix)
        result = self.decode(ids, search, lengths, prefix_ids, draws=draws, jit_compile=jit_compile)
        answer = {**self._described(result, prefix_surfaces), "source_tokens": surfaces}
        if "n_best" in result:
            answer["n_best"] = self._described(result["n_best"], prefix_surfaces)
        return answer

    def translate(self, text):
        """The signature `serving_default`: texts `(B,)` to `translation` and `score`."""
        answer = self.explain(text)
        return {name: answer[name] for name in ("translation", "score")}

    def begin_with(self, text, target_prefix):
        """The signature `prefix`: as `explain`, every translation beginning with its prefix."""
        return self.explain(text, prefix=target_prefix)

    def nbest(self, text, beam_size):
        """The signature `nbest`: texts `(B,)` and a beam size each, `(B,)` int32, to translations `(B, K)`."""
        ids, surfaces = self.encode_source(text)
        sizes = tf.clip_by_value(beam_size, 1, MAX_BEAM_SIZE)
        found = distinct(self._described(self.decode(ids, Beam(), sizes=sizes)["n_best"], None))
        return {"translations": found["translation"], "scores": found["score"], "log_probs": found["log_prob"],
                "target_tokens": found["target_tokens"], "token_log_probs": found["token_log_probs"],
                "attention": found["attention"], "source_tokens": surfaces}

    def score(self, source, target):
        """The signature `score`: tokens, log-probabilities and attention of given targets, end token included."""
        model, _, target_tokenizer = self._parts()
        source_ids, surfaces = self.encode_source(source)
        target_ids, _ = target_tokenizer.tokenize(target, self._target_length["maximum"])
        column = tf.ones([tf.shape(target)[0], 1], tf.int32)
        labels = tf.concat([target_ids, tf.RaggedTensor.from_tensor(END_ID * column)], axis=1).to_tensor()
        inputs = tf.concat([START_ID * column, labels[:, :-1]], axis=1)
        with self._weights():
            memory, state = model.encode(source_ids)
            scored = Forced()(model.step, state, memory, inputs, labels)
        return {**scored, "source_tokens": surfaces, "target_tokens": target_tokenizer.tokens(labels)}

    def encoded_prefix(self, prefix):
        """`(ids, surfaces)` of prefixes, `(B, P)` each."""
        if prefix is None:
            return None, None
        _, _, target = self._parts()
        ids, surfaces = target.tokenize(prefix, self._target_length["maximum"])
        return ids.to_tensor(shape=[None, None]), surfaces.to_tensor(shape=[None, None])

    def _described(self, result, prefix_surfaces):
        """What a search has found, `(B, [K,] ...)`, with its tokens and texts."""
        _, _, target = self._parts()
        ids = result["ids"]
        tokens = target.tokens(ids)
        if prefix_surfaces is not None:
            # A prefix stays as it was given, also where the model does not know its words.
            width = tf.shape(ids)[-1]
            missing = tf.maximum(width - tf.shape(prefix_surfaces)[1], 0)
            given = tf.pad(prefix_surfaces[:, :width], [[0, 0], [0, missing]], constant_values="")
            given = given if len(ids.shape) == 2 else given[:, tf.newaxis]
            tokens = tf.where(tf.logical_and(tf.equal(ids, UNKNOWN_ID), tf.not_equal(given, "")), given, tokens)
        shape = tf.shape(ids)
        texts = target.texts(tf.reshape(ids, [tf.reduce_prod(shape[:-1]), shape[-1]]),
                             tf.reshape(tokens, [tf.reduce_prod(shape[:-1]), shape[-1]]))
        return {"translation": tf.reshape(texts, shape[:-1]), "target_tokens": tokens,
                **{name: result[name] for name in ("score", "log_prob", "token_log_probs", "attention")}}

    def _weights(self):
        model, *_ = self._parts()
        return weights_read_once(saved_variables(model), self.model_weights)


def distinct(n_best):
    """Hypotheses `(B, K)` by falling score, each text once: what is worse or missing is `""` with -1e9, at the end."""
    order = tf.argsort(n_best["score"], axis=1, direction="DESCENDING", stable=True)
    texts, scores = (tf.gather(n_best[name], order, batch_dims=1) for name in ("translation", "score"))
    missing = scores <= NO_HYPOTHESIS / 2
    same = tf.logical_and(tf.equal(texts[:, :, tf.newaxis], texts[:, tf.newaxis]), ~missing[:, tf.newaxis])
    places = tf.range(tf.shape(texts)[1])
    again = tf.reduce_any(tf.logical_and(same, places[tf.newaxis] < places[:, tf.newaxis]), axis=2)
    gone = tf.logical_or(missing, again)
    last = tf.argsort(tf.cast(gone, tf.int32), axis=1, stable=True)
    order, gone = tf.gather(order, last, batch_dims=1), tf.gather(gone, last, batch_dims=1)
    found = {}
    for name, values in n_best.items():
        empty = NO_HYPOTHESIS if name == "score" else "" if values.dtype == tf.string else 0
        shape = tf.concat([tf.shape(gone), tf.ones([len(values.shape) - 2], tf.int32)], 0)
        found[name] = tf.where(tf.reshape(gone, shape), tf.constant(empty, values.dtype),
                               tf.gather(values, order, batch_dims=1))
    return found
