"""Runs a model once before anybody waits for it."""

from pathlib import Path

import numpy as np

from keras_s2s.errors import UserError
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.servable import DEFAULT_SIGNATURE, Servable
from keras_s2s.serving.temporary_load_error import TemporaryLoadError, may_pass

# Where TensorFlow Serving looks for requests, and how many it takes.
WARM_UP_FILE = Path("assets.extra", "tf_serving_warmup_requests")
MOST_RECORDS = 1000


def load_servable(name: str, version: int, path: Path) -> Servable:
    """Loads a SavedModel and warms it up.

    Raises:
        UserError: It cannot be loaded, has nothing to serve, or fails on its own warm-up requests; a
            TemporaryLoadError where that may pass.
    """
    servable = Servable(name, version, path)
    if not servable.inputs:
        raise UserError(
            f"{path} has no signature to serve",
            "expected a SavedModel with serving_default",
            "export the model again: keras-s2s export MODEL --saved-model DIR",
        )
    try:
        warm_up(servable)
    except (RequestError, ValueError) as error:
        raise (TemporaryLoadError if may_pass(error.__cause__ or error) else UserError)(
            f"{path} fails on its own warm-up requests: {error}",
            f"expected requests in {WARM_UP_FILE} that the model can answer",
            "export the model again, or remove that file",
        ) from None
    return servable


def warm_up(servable: Servable) -> int:
    """Runs the requests in `assets.extra/tf_serving_warmup_requests`, else one through the default signature.

    Of the records (`PredictionLog`s in a TFRecord, as TensorFlow Serving has it) the PredictRequests count.

    Returns:
        How many requests ran.

    Raises:
        RequestError: The model refused one.
        ValueError: The file is broken or holds more than 1,000 records.
    """
    recorded = servable.path / WARM_UP_FILE
    if recorded.is_file():
        return _run_recorded(servable, recorded)
    specs = servable.inputs.get(DEFAULT_SIGNATURE, {})
    if not specs or not all(spec.dtype == "string" and spec.accepts((1,)) for spec in specs.values()):
        return 0
    servable.predict(DEFAULT_SIGNATURE, {name: np.array([b"1"], dtype=object) for name in specs})
    return 1


def _run_recorded(servable: Servable, path: Path) -> int:
    import tensorflow as tf
    from google.protobuf.message import DecodeError
    from tensorflow_serving.apis import prediction_log_pb2

    from keras_s2s.serving.predict_proto import arrays_from_request

    ran = 0
    try:
        for index, record in enumerate(tf.data.TFRecordDataset(str(path)).as_numpy_iterator()):
            if index >= MOST_RECORDS:
                raise ValueError(f"more than {MOST_RECORDS} warm-up records")
            log = prediction_log_pb2.PredictionLog.FromString(record)
            if log.WhichOneof("log_type") != "predict_log":
                continue
            request = log.predict_log.request
            signature = servable.signature(request.model_spec.signature_name)
            servable.predict(signature, arrays_from_request(request, servable.inputs[signature]))
            ran += 1
    except (DecodeError, tf.errors.OpError) as error:
        raise ValueError(f"the warm-up file is broken: {error}") from error
    return ran
