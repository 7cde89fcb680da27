"""A fake model that upper-cases, and notes what it is asked together."""

import threading

import numpy as np

from keras_s2s.serving.prediction import Prediction
from keras_s2s.serving.request_error import RequestError


class Echo:
    """Answers with its input, upper-cased and padded to the widest, and remembers how many rows it was given."""

    name = "echo"

    def __init__(self, splits=True):
        self.calls, self.fixed = [], splits
        self.gate = threading.Event()
        self.gate.set()

    def batches(self, signature):
        return True

    def splits(self, signature):
        return self.fixed

    def predict(self, signature, inputs):
        texts = inputs["text"].tolist()
        self.calls.append(texts)
        assert self.gate.wait(10)
        if b"bad" in texts:
            raise RequestError("bad text")
        if b"bug" in texts:
            raise ZeroDivisionError("a bug")
        if signature == "shrunk":
            return {"text": np.array([b"one"], dtype=object)}
        return {"text": np.array([text.upper() for text in texts], dtype=object),
                "length": np.array([len(text) for text in texts])}


def prediction(model, *texts, signature="default"):
    return Prediction(model, signature, {"text": np.array([text.encode() for text in texts], dtype=object)})
