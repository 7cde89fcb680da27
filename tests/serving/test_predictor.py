"""The door to the models, with a fake model: batches, pieces, deadlines, who cancels, closing."""

import asyncio
import time

import numpy as np
import pytest

from keras_s2s.serving.batch_options import BatchOptions
from keras_s2s.serving.predictor import Predictor
from keras_s2s.serving.request_error import RequestError
from tests.serving.echo import Echo


@pytest.fixture
def predictor():
    predictor = Predictor(BatchOptions(workers=1, max_batch_size=4, max_enqueued_requests=8))
    yield predictor
    assert predictor.close(10)


def ask(predictor, model, *texts, seconds=None):
    inputs = {"text": np.array([text.encode() for text in texts], dtype=object)}
    deadline = None if seconds is None else time.monotonic() + seconds
    return predictor.predict(model, "default", inputs, deadline)


def test_a_request_of_more_pieces_than_requests_may_wait(predictor, run_async):
    texts = [f"t{index}" for index in range(4 * 8 + 5)]
    answer = run_async(ask(predictor, Echo(), *texts))
    assert answer["text"].tolist() == [text.upper().encode() for text in texts]


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


def test_a_request_that_finds_no_place_leaves_no_pieces(predictor, run_async):
    model = Echo()

    async def main():
        model.gate.clear()
        running = [asyncio.create_task(ask(predictor, model, "running"))]
        while not model.calls:
            await asyncio.sleep(0.001)
        running += [asyncio.create_task(ask(predictor, model, *["x"] * 40)) for _ in range(8)]  # ten pieces each
        await asyncio.sleep(0.01)
        with pytest.raises(RequestError, match="full: 8 requests"):
            await ask(predictor, model, *["y"] * 40)
        for one in running[1:]:
            one.cancel()
        await asyncio.sleep(0.01)
        assert len(predictor.queue) == 0
        model.gate.set()
        await running[0]

    run_async(main())
    assert model.calls == [[b"running"]]


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
