"""The ops that an exported graph may hold: those that TensorFlow Serving links."""

import functools

import tensorflow as tf
from tensorflow.python.framework.kernels import get_registered_kernels_for_op

from keras_s2s.errors import UserError

TENSORFLOW_TEXT_OPS = frozenset({
    "CaseFoldUTF8", "ConstrainedSequence", "FastBertNormalize", "FastWordpieceTokenizeWithOffsets",
    "FindSourceOffsets", "MaxSpanningTree", "NormalizeUTF8", "NormalizeUTF8WithOffsetsMap", "PhraseTokenize",
    "RegexSplitWithOffsets", "RougeL", "SentenceFragments", "SentenceFragmentsV2", "SentencepieceDetokenizeOp",
    "SentencepieceIdToStringOp", "SentencepieceOp", "SentencepieceStringToIdOp", "SentencepieceTokenizeOp",
    "SentencepieceTokenizeWithOffsetsOp", "SentencepieceVocabSizeOp", "SplitMergeTokenizeWithOffsets",
    "TFText>BoiseTagsToOffsets", "TFText>ByteSplitByOffsets", "TFText>ByteSplitWithOffsets",
    "TFText>FastSentencepieceDetokenize", "TFText>FastSentencepieceTokenize", "TFText>FastWordpieceDetokenize",
    "TFText>NgramsStringJoin", "TFText>OffsetsToBoiseTags", "TFText>PhraseDetokenize",
    "TFText>RoundRobinGenerateMasks", "TFText>RoundRobinTrim", "TFText>Utf8Binarize",
    "TFText>WhitespaceTokenizeWithOffsetsV2", "TokenizerFromLogits", "UnicodeScriptTokenizeWithOffsets",
    "WhitespaceTokenizeWithOffsets", "WordpieceTokenizeWithOffsets"})
"""The ops of tensorflow-text 2.19. Source: TensorFlow Serving, `model_servers/BUILD`, `SUPPORTED_TENSORFLOW_OPS`, which
names tensorflow-text's `ops_lib`: the libraries of that target are those in the Python package."""

# TensorFlow defines them, but what runs them comes with Python: a server without Python fails at the first request.
_PYTHON_OPS = frozenset({"EagerPyFunc", "PyFunc", "PyFuncStateless"})


def check_ops(graph):
    """Refuses a graph that TensorFlow Serving could not run.

    Allowed are TensorFlow's own ops as far as they run on a processor and without Python, and tensorflow-text's. What
    another library registered, in this process too, is not.

    Args:
        graph: a `GraphDef`. The functions of its library count.

    Raises:
        UserError: names the first op that is not allowed, and where it stands.
    """
    functions = {function.signature.name: function.node_def for function in graph.library.function}
    for function, nodes in [("", graph.node), *functions.items()]:
        for node in nodes:
            if node.op not in functions and not _is_linked(node.op):  # a function's name is an op, too
                place = f", function {function}" if function else ""
                raise UserError(f"the graph holds the op {node.op} (node {node.name}{place}), which TensorFlow Serving "
                                "cannot run",
                                "expected only TensorFlow's own ops that run on a processor without Python, and "
                                "tensorflow-text's",
                                "write that part of the model with TensorFlow's own ops (no tf.py_function, no "
                                "tf.numpy_function, no op of another library)")


@functools.cache
def _is_linked(op):
    """Whether TensorFlow Serving's program holds an op and what runs it on a processor."""
    if op in TENSORFLOW_TEXT_OPS:
        return True
    if op in _PYTHON_OPS or not hasattr(tf.raw_ops, op):  # raw_ops: of TensorFlow alone, whatever else is loaded
        return False
    # "DEFAULT" is any device. Without it cuDNN's ops, for example, are left, which only GPUs have.
    return any(kernel.device_type in ("CPU", "DEFAULT") for kernel in get_registered_kernels_for_op(op).kernel)
