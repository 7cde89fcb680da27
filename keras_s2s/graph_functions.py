"""A model's graph as compiled functions, one for each way to decode."""

import dataclasses

import tensorflow as tf


class GraphFunctions:
    """Traces the graph of a model for the options it is asked for, once for each.

    Args:
        graph: a `TranslationGraph`.
        target: the target tokenizer.
    """

    def __init__(self, graph, target):
        self.graph, self.target, self._traced = graph, target, {}
        texts = tf.TensorSpec([None], tf.string)
        self.score = tf.function(graph.score, input_signature=[texts, texts])

    def function(self, decoding, has_prefix):
        """A function of a dict with `text`, where asked for `prefix` and `draws`, to the outputs of `explain`."""
        several = decoding.n_best > 1 or decoding.minimum_bayes_risk or decoding.samples > 1
        # What happens outside of the graph needs none of its own: how many are wanted matters only where several are.
        plain = dataclasses.replace(decoding, n_best=1, minimum_bayes_risk=False, seed=0,
                                    unknown="forbid" if decoding.unknown == "forbid" else "keep")
        key = plain, several, has_prefix
        if key not in self._traced:
            search = decoding.search(self.target)

            def explain(given):
                answer = self.graph.explain(search=search, lengths=decoding.lengths, jit_compile=decoding.jit_compile,
                                            **given)
                return answer if several else {name: answer[name] for name in answer if name != "n_best"}

            texts = tf.TensorSpec([None], tf.string)
            given = {"text": texts, **({"prefix": texts} if has_prefix else {}),
                     **({"draws": tf.TensorSpec([None, None, None], tf.float32)} if decoding.samples else {})}
            self._traced[key] = _traced(explain, given)
        return self._traced[key]


def _traced(function, given):
    # Concrete: TensorFlow would take many ways to decode for one function that is traced in vain.
    return tf.function(function, input_signature=[given]).get_concrete_function()
