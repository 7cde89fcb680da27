"""The model: encoder, bridge and decoder under Keras' `fit`."""

from contextlib import nullcontext

import keras
import numpy as np
from keras import ops

from keras_s2s.ids import PADDING_ID
from keras_s2s.layers.bridge import Bridge
from keras_s2s.layers.copy_bridge import CopyBridge
from keras_s2s.layers.dense_bridge import DenseBridge
from keras_s2s.layers.mean_bridge import MeanBridge
from keras_s2s.layers.zero_bridge import ZeroBridge
from keras_s2s.precision import in_float32
from keras_s2s.training.adam import Adam
from keras_s2s.training.logits_check import check_takes_logits
from keras_s2s.training.masked_crossentropy import MaskedCrossentropy
from keras_s2s.training.perplexity import Perplexity
from keras_s2s.training.replicas import on_many_workers
from keras_s2s.training.token_accuracy import TokenAccuracy

BRIDGES = {"dense": DenseBridge, "copy": CopyBridge, "mean": MeanBridge, "zero": ZeroBridge}


@keras.saving.register_keras_serializable("keras_s2s")
class Seq2Seq(keras.Model):
    """A recurrent sequence-to-sequence model, with attention or without (Sutskever et al. 2014; Bahdanau et al. 2015).

    Args:
        encoder: an `RNNEncoder`.
        decoder: an `AttentionDecoder` or `RNNDecoder`.
        bridge: `"dense"`, `"copy"`, `"mean"`, `"zero"` or a `Bridge`. Defaults to `"dense"`, or to `"zero"` for an
            `RNNDecoder` whose context is read at every step only.
        tie_embeddings: bool. Whether source and target have the same embeddings; they then have one vocabulary.
            Defaults to `False`.

    Call arguments:
        inputs: dict with `source` (batch, source time) ids or (batch, source time, D) features, and `target_input`
            (batch, target time) ids beginning with the start token. 0 is padding. Optional: `source_mask`
            (batch, source time) bool, for features; `sampled` (batch, target time) bool, where in training the decoder
            reads what it would have predicted instead of the true token: scheduled sampling (Bengio et al. 2015), of
            all positions at once from a first run that reads the true ones (Mihaylova and Martins 2019).

    Returns:
        logits `(batch, target time, vocabulary)`.

    Example:

        model = Seq2Seq(RNNEncoder(20, units=16), AttentionDecoder(20, 16, BahdanauAttention(16)))
        model.compile()
        source = np.array([[5, 6, 7, 3]])
        model.fit({"source": source, "target_input": np.array([[2, 7, 6]])}, np.array([[7, 6, 3]]))
        model.generate(source)["ids"]
    """

    def __init__(self, encoder, decoder, bridge=None, tie_embeddings=False, **kwargs):
        super().__init__(**kwargs)
        bridge = decoder.default_bridge if bridge is None else bridge
        if isinstance(bridge, str) and bridge in BRIDGES:
            bridge = BRIDGES[bridge](decoder.units, len(decoder.stack.layer_names), decoder.stack.state_names,
                                     name="bridge")
        elif not isinstance(bridge, Bridge):
            raise ValueError(f"Unknown bridge {bridge!r}. Expected one of {tuple(BRIDGES)} or a Bridge. "
                             "Choose one of these.")
        if decoder.default_bridge == "zero" and not isinstance(bridge, ZeroBridge):
            raise ValueError("The decoder reads its context at every step only (context='every_step') and got a "
                             f"{type(bridge).__name__}. Expected the bridge 'zero'. Leave it out, or use "
                             "context='both'.")
        if tie_embeddings:
            _check_embeddings(encoder, decoder)
            decoder.share_embedding(encoder.embedding)
        self.encoder, self.decoder, self.bridge, self.tie_embeddings = encoder, decoder, bridge, bool(tie_embeddings)
        self._generate_functions = {}

    def build(self, input_shape=None):
        """Builds every weight. `input_shape`: dict of shapes as in `call`; needed for features only."""
        source_shape = (input_shape or {}).get("source", (None, None))
        self.encoder.build(tuple(source_shape))
        values_shape = (None, None, self.encoder.output_units)
        self.bridge.build(self.encoder.final_state_shape, values_shape)
        self.decoder.build((None, None), {"values": values_shape})
        self.built = True

    def call(self, inputs, training=False):
        memory, state = self.encode(inputs["source"], inputs.get("source_mask"), training=training, fused=True)
        target_input = inputs["target_input"]
        if training and "sampled" in inputs:
            predicted = ops.cast(ops.argmax(self.decoder(target_input, memory, state), axis=-1), target_input.dtype)
            predicted = ops.concatenate([target_input[:, :1], predicted[:, :-1]], axis=1)
            target_input = ops.where(ops.logical_and(inputs["sampled"], target_input != PADDING_ID), predicted,
                                     target_input)
        return self.decoder(target_input, memory, state, training=training)

    def compute_mask(self, inputs, previous_mask=None):
        """Lets Keras' own losses and metrics leave the padding out, too."""
        return ops.not_equal(inputs["target_input"], PADDING_ID)

    def compute_output_shape(self, input_shape):
        return (*input_shape["target_input"], self.decoder.vocabulary_size)

    def encode(self, source, mask=None, training=False, fused=False, intermediates=False):
        """Reads the source.

        Args:
            source: `(batch, source time)` ids or `(batch, source time, D)` features.
            mask: `(batch, source time)` bool, or `None`.
            training: bool, whether dropout is active.
            fused: bool, see `RNNEncoder`.
            intermediates: bool. Whether to return the tensors on the way as a third value.

        Returns:
            `(memory, state)`: what every decoder step looks at, and the decoder's first state. The intermediates are
            those of `RNNEncoder` and its outputs, `values` (batch, source time, D).
        """
        with nullcontext() if fused else in_float32(self):
            values, final_state, mask, *found = self.encoder(source, mask=mask, training=training, fused=fused,
                                                             **({"intermediates": True} if intermediates else {}))
            memory = self.decoder.build_memory(values, mask, final_state)
            result = memory, self.decoder.initial_state(self.bridge(final_state, values, mask), memory)
            return (*result, {**found[0], "values": values}) if intermediates else result

    def step(self, token, state, memory, **kwargs):
        """One decoder time step: `(logits, state, attention weights)`; see `Decoder.step`."""
        with in_float32(self):
            return self.decoder.step(token, state, memory, **kwargs)

    def generate(self, source, mask=None, search=None, limit=None, jit_compile=False, **options):
        """Writes a target for each source.

        Args:
            source: `(batch, source time)` ids or `(batch, source time, D)` features.
            mask: `(batch, source time)` bool. Defaults to `source != 0` for ids, to all true for features.
            search: a search from `keras_s2s.search`. Defaults to `Greedy()`.
            limit: `(batch,)` ints, most tokens of each target. Defaults to 10 + 2 times the source's length.
            jit_compile: bool. Whether XLA compiles the search (TensorFlow): single sources become faster, but the first
                of every shape takes seconds. Defaults to `False`.
            **options: the search's other call arguments, `minimum`, `prefix`, `draws` ...

        Returns:
            dict of NumPy arrays: `ids` (batch, target time), 0 after the end token; `token_log_probs` (batch,
            target time); `log_prob` and `score` (batch,); `attention` (batch, target time, source time); and what else
            the search returns.
        """
        from keras_s2s.search import Greedy
        from keras_s2s.search.backend import compiled, weights_read_once

        search = search or Greedy()
        if not self.built:
            self.build({"source": ops.shape(source)})
        # In NumPy: a few operations outside of the graph would take as long as some steps within.
        source = ops.convert_to_numpy(source)
        if mask is None:
            mask = np.ones(source.shape[:2], bool) if source.ndim == 3 else source != PADDING_ID
        mask = ops.convert_to_numpy(mask)
        limit = 10 + 2 * mask.sum(axis=1) if limit is None else ops.convert_to_numpy(limit)
        width, columns = source.shape[1], None
        if jit_compile:
            # XLA must know how many columns there will be. It compiles for every shape: few shapes.
            columns = -(-int(limit.max(initial=1)) // 16) * 16
            source, mask = (np.pad(value, [(0, 0), (0, -width % 8), *[(0, 0)] * (value.ndim - 2)])
                            for value in (source, mask))
        key = (search, columns)
        if key not in self._generate_functions:
            def run(source, mask, limit, options):
                with weights_read_once(self.weights):
                    memory, state = self.encode(source, mask)
                    return search(self.step, state, memory, limit, columns=columns, **options)

            self._generate_functions[key] = compiled(run, jit_compile)
        options = {name: ops.convert_to_tensor(value) for name, value in options.items() if value is not None}
        given = (ops.convert_to_tensor(value) for value in (source, mask, limit.astype("int32")))
        result = self._generate_functions[key](*given, options)
        result = keras.tree.map_structure(ops.convert_to_numpy, result)
        for found in (result, *([result["n_best"]] if "n_best" in result else [])):
            found["attention"] = found["attention"][..., :width]
        return result

    def compile(self, optimizer=None, loss=None, metrics=None, **kwargs):
        """As `keras.Model.compile`, with defaults that suit these models.

        Args:
            optimizer: defaults to Adam with learning rate 0.001 and gradients clipped to a global norm of 1.
            loss: defaults to `MaskedCrossentropy()`. One that takes probabilities is refused (`ValueError`).
            metrics: defaults to token accuracy and perplexity. The same holds.
            **kwargs: the rest goes to Keras. `jit_compile` defaults to `"auto"` under JAX, else to `False`: XLA
                would compile every length anew.
        """
        check_takes_logits(loss, "loss")
        check_takes_logits([metrics, kwargs.get("weighted_metrics")], "metric")
        super().compile(
            optimizer=optimizer or Adam(1e-3, global_clipnorm=1.0),
            loss=loss if loss is not None else MaskedCrossentropy(),
            metrics=metrics if metrics is not None else [TokenAccuracy(), Perplexity()],
            **{"jit_compile": "auto" if keras.backend.backend() == "jax" else False, **kwargs})

    def compile_from_config(self, config):
        """Compiles a loaded model as the saved one was."""
        self.compile(**keras.saving.deserialize_keras_object(config))
        if self.built:
            self.optimizer.build(self.trainable_variables)

    def compute_metrics(self, *args, **kwargs):
        logs = super().compute_metrics(*args, **kwargs)
        if on_many_workers():  # whose results Keras (3.15) takes the mean of along an axis, which they do not have
            logs = {name: ops.reshape(value, (1,)) for name, value in logs.items()}
        return logs

    def _maybe_symbolic_build(self, *args, **kwargs):
        # Under a strategy Keras builds what is not built yet with a batch's shape, which fails for several workers
        # (3.15): it adds up their batches, and cannot do so with a dict.
        if not (self.built and self.compiled):
            super()._maybe_symbolic_build(*args, **kwargs)

    def get_config(self):
        return {"name": self.name, "tie_embeddings": self.tie_embeddings,
                **{part: keras.saving.serialize_keras_object(getattr(self, part))
                   for part in ("encoder", "decoder", "bridge")}}

    @classmethod
    def from_config(cls, config):
        parts = {part: keras.saving.deserialize_keras_object(config[part]) for part in ("encoder", "decoder", "bridge")}
        return cls(name=config.get("name"), tie_embeddings=config.get("tie_embeddings", False), **parts)


def _check_embeddings(encoder, decoder):
    """Refuses two sides that cannot have the same embeddings."""
    sides = [(layer.vocabulary_size, layer.embedding_units) for layer in (encoder, decoder)]
    if sides[0] != sides[1]:
        raise ValueError("tie_embeddings=True got a source with {} tokens and embeddings of {}, and a target with {} "
                         "and {}. Expected the same. Use one tokenizer for both sides.".format(*sides[0], *sides[1]))
