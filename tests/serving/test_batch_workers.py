"""Running batches: joined and cut, errors kept apart, threads that end."""

import asyncio
import threading
import time

import numpy as np
import pytest

from keras_s2s.serving.batch_options import BatchOptions
from keras_s2s.serving.batch_queue import Batch
from keras_s2s.serving.batch_workers import run
from keras_s2s.serving.prediction import Prediction
from keras_s2s.serving.predictor import Predictor
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


def outcomes(batch):
    return [outcome if isinstance(outcome, Exception) else outcome["text"].tolist() for _, outcome in run(batch)]


def test_one_call_for_all_and_each_gets_its_rows():
    model = Echo()
    batch = Batch(0, [prediction(model, "a", "b"), prediction(model, "c"), prediction(model, "d", "e")])
    assert outcomes(batch) == [[b"A", b"B"], [b"C"], [b"D", b"E"]]
    assert model.calls == [[b"a", b"b", b"c", b"d", b"e"]]


@pytest.mark.parametrize("wrong, kind", [("bad", RequestError), ("bug", ZeroDivisionError)])
def test_an_error_is_only_its_senders(wrong, kind):
    model = Echo()
    first, second, third = outcomes(Batch(0, [prediction(model, text) for text in ("a", wrong, "c")]))
    assert (first, third) == ([b"A"], [b"C"])
    assert isinstance(second, kind)
    assert len(model.calls) == 1 + 3  # once together, then each alone


def test_outputs_that_cannot_be_cut_are_computed_alone():
    model = Echo()
    batch = Batch(0, [prediction(model, text, signature="shrunk") for text in ("a", "b")])
    assert outcomes(batch) == [[b"one"], [b"one"]]
    assert model.calls == [[b"a", b"b"], [b"a"], [b"b"]]


def test_expired_ones_are_told_and_not_computed():
    model = Echo()
    late, fine = prediction(model, "late"), prediction(model, "fine")
    told = dict(run(Batch(0, [fine], [late])))
    assert told[late].code == "DEADLINE_EXCEEDED"
    assert model.calls == [[b"fine"]]


@pytest.fixture
def predictor():
    predictor = Predictor(BatchOptions(workers=1, max_batch_size=4, max_enqueued_requests=8))
    yield predictor
    assert predictor.close(10)


def ask(predictor, model, *texts, seconds=None):
    inputs = {"text": np.array([text.encode() for text in texts], dtype=object)}
    deadline = None if seconds is None else time.monotonic() + seconds
    return predictor.predict(model, "default", inputs, deadline)


def test_those_who_wait_go_together(predictor, run_async):
    model = Echo()

    async def main():
        model.gate.clear()
        first = asyncio.create_task(ask(predictor, model, "first"))
        while not model.calls:
            await asyncio.sleep(0.001)
        others = [asyncio.create_task(ask(predictor, model, f"t{index}")) for index in range(4)]
        await asyncio.sleep(0.01)
        model.gate.set()
        return [answer["text"].tolist() for answer in await asyncio.gather(first, *others)]

    assert run_async(main()) == [[b"FIRST"], [b"T0"], [b"T1"], [b"T2"], [b"T3"]]
    assert model.calls == [[b"first"], [b"t0", b"t1", b"t2", b"t3"]]


def test_the_deadline_comes_while_it_waits_or_runs(predictor, run_async):
    model = Echo()

    async def main():
        model.gate.clear()
        running = asyncio.create_task(ask(predictor, model, "running", seconds=0.2))
        while not model.calls:
            await asyncio.sleep(0.001)
        waiting = asyncio.create_task(ask(predictor, model, "waiting", seconds=0.05))
        told = await asyncio.gather(running, waiting, return_exceptions=True)
        model.gate.set()
        return [error.code for error in told]

    assert run_async(main()) == ["DEADLINE_EXCEEDED", "DEADLINE_EXCEEDED"]
    assert len(predictor.queue) == 0
    assert model.calls == [[b"running"]]


def test_who_cancels_is_not_computed(predictor, run_async):
    model = Echo()

    async def main():
        model.gate.clear()
        running = asyncio.create_task(ask(predictor, model, "running"))
        while not model.calls:
            await asyncio.sleep(0.001)
        waiting = asyncio.create_task(ask(predictor, model, "waiting"))
        await asyncio.sleep(0.01)
        assert len(predictor.queue) == 1
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert len(predictor.queue) == 0
        model.gate.set()
        return await running

    assert run_async(main())["text"].tolist() == [b"RUNNING"]
    assert model.calls == [[b"running"]]


def test_a_large_request_runs_in_pieces_of_like_length_and_keeps_its_order(predictor, run_async):
    model = Echo()
    texts = [chr(97 + index) * (10 - index) for index in range(10)]
    answer = run_async(ask(predictor, model, *texts))
    assert answer["text"].tolist() == [text.upper().encode() for text in texts]
    assert answer["length"].tolist() == [len(text) for text in texts]
    # Ten rows, shortest first; what was there when the worker became free.
    assert [len(text) for call in model.calls for text in call] == sorted(len(text) for text in texts)
    assert max(map(len, model.calls)) == 4


def test_a_large_request_whose_outputs_differ_in_width_runs_whole(predictor, run_async):
    model = Echo(splits=False)
    run_async(ask(predictor, model, *"abcdefghij"))
    assert [len(call) for call in model.calls] == [10]


def test_long_texts_run_in_smaller_pieces_or_are_refused(run_async):
    predictor = Predictor(BatchOptions(workers=1, max_batch_size=4, max_padded_bytes=100))
    model, texts = Echo(), ["a" * 60, "b" * 30, "c" * 30, "d" * 30, "e" * 200]
    answer = run_async(ask(predictor, model, *texts))
    assert answer["text"].tolist() == [text.upper().encode() for text in texts]
    assert [[len(text) for text in call] for call in model.calls] == [[30, 30, 30], [60], [200]]
    with pytest.raises(RequestError, match=r"5 rows, the longest of 200 bytes, make 1000 bytes.*at most 100"):
        run_async(ask(predictor, Echo(splits=False), *texts))
    run_async(ask(predictor, Echo(splits=False), "e" * 200))
    predictor.close()


def test_pieces_that_find_no_place_take_the_others_with_them(predictor, run_async):
    model = Echo()

    async def main():
        model.gate.clear()
        running = asyncio.create_task(ask(predictor, model, "running"))
        while not model.calls:
            await asyncio.sleep(0.001)
        with pytest.raises(RequestError, match="full"):
            await ask(predictor, model, *["x"] * 40)  # ten pieces, eight places
        assert len(predictor.queue) == 0
        model.gate.set()
        await running

    run_async(main())


def test_closing_answers_what_was_accepted(run_async):
    model = Echo()
    predictor = Predictor(BatchOptions(workers=2, max_batch_size=1))

    async def main():
        tasks = [asyncio.create_task(ask(predictor, model, f"t{index}")) for index in range(20)]
        await asyncio.sleep(0)
        assert await asyncio.to_thread(predictor.close, 10)
        answers = await asyncio.gather(*tasks)
        with pytest.raises(RequestError, match="shutting down"):
            await ask(predictor, model, "late")
        return [answer["text"][0] for answer in answers]

    assert run_async(main()) == [f"T{index}".encode() for index in range(20)]
