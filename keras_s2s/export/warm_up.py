"""Requests that TensorFlow Serving answers for itself when it loads a model: then the first real one does not wait."""

import sys
from pathlib import Path

import tensorflow as tf

WARM_UP_FILE = Path("assets.extra") / "tf_serving_warmup_requests"
"""Where TensorFlow Serving looks for them, below the version directory. Source: its guide, "SavedModel Warmup"."""

_MOST_ROWS = 16
_BEAM_SIZE = 5


def write_warm_up(path, functions, name, examples, longest):
    """Writes `WARM_UP_FILE`: a TFRecord of `PredictionLog`s, for each signature a short row, a batch and a long row.

    Where tensorflow-serving-api, which defines them, is not installed, nothing is written and standard error says so:
    the model can be served all the same.

    Args:
        path: the version directory, with its `saved_model.pb`.
        functions: dict of the signatures' concrete functions.
        name: the model's name there.
        examples: list of texts; of none, `"text"` stands in.
        longest: int. How many characters the long row has.

    Returns:
        the file's path, or `None`.
    """
    try:
        from tensorflow_serving.apis import predict_pb2, prediction_log_pb2
    except ImportError:
        print("No warm-up requests were written, so TensorFlow Serving's first answer will take longer: the package "
              "tensorflow-serving-api is not installed (pip install 'keras-s2s[serving]').", file=sys.stderr)
        return None
    file = Path(path) / WARM_UP_FILE
    file.parent.mkdir(exist_ok=True)
    with tf.io.TFRecordWriter(str(file)) as writer:
        for signature, inputs in _requests(functions, list(examples) or ["text"], longest):
            request = predict_pb2.PredictRequest(inputs=inputs)
            request.model_spec.name, request.model_spec.signature_name = name, signature
            log = prediction_log_pb2.PredictionLog(predict_log=prediction_log_pb2.PredictLog(request=request))
            writer.write(log.SerializeToString(deterministic=True))
    return file


def _requests(functions, examples, longest):
    """Yields `(signature, {input: TensorProto})`."""
    long = " ".join(examples * longest)[:longest]
    for texts in ([min(examples, key=len)], examples[:_MOST_ROWS], [long]):
        # Real translations, so that prefixes and targets are of the kind that the model gets.
        translations = functions["explain"](text=tf.constant(texts))["translation"].numpy().tolist()
        beginnings = [text.decode()[:len(text.decode()) // 2] for text in translations]
        beam_sizes = tf.make_tensor_proto([_BEAM_SIZE] * len(texts), tf.int32)
        texts, translations, beginnings = (tf.make_tensor_proto(strings, tf.string)
                                           for strings in (texts, translations, beginnings))
        yield "serving_default", {"text": texts}
        yield "explain", {"text": texts}
        yield "nbest", {"text": texts, "beam_size": beam_sizes}
        yield "prefix", {"text": texts, "target_prefix": beginnings}
        yield "score", {"source": texts, "target": translations}
