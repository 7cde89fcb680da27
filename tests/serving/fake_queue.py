"""A fake model and a fake clock for the tests of the queue."""

import numpy as np

from keras_s2s.serving.batch_options import BatchOptions
from keras_s2s.serving.batch_queue import BatchQueue
from keras_s2s.serving.prediction import Prediction


class FakeServable:
    name = "fake"

    def __init__(self, batched=True):
        self.batched = batched

    def batches(self, signature):
        return self.batched


MODEL = FakeServable()


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def prediction(*texts, model=MODEL, signature="serving_default", deadline=None):
    array = np.array([text.encode() for text in texts], dtype=object)
    return Prediction(model, signature, {"text": array}, deadline)


def put(queue, clock, *predictions):
    for one in predictions:
        clock.now += 1
        queue.put(one)
    return predictions


def next_batch(queue):
    batch = queue.take(block=False)
    if batch is None:
        return None
    queue.done(batch)
    return batch.members


def make_queue(clock, **options):
    """A queue for one worker, if the options do not say otherwise."""
    return BatchQueue(BatchOptions(**{"workers": 1, **options}), clock)
