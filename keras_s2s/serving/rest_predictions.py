"""`:predict`, `:classify` and `:regress` over REST: from the body to the answer."""

import asyncio
from typing import Any

from keras_s2s.serving.admission import Admission
from keras_s2s.serving.aside import LARGE, run_aside
from keras_s2s.serving.http_exchange import HttpExchange
from keras_s2s.serving.json_body import parse_object
from keras_s2s.serving.predict_json import arrays_from_body, parse_body, response_body
from keras_s2s.serving.predictor import Predictor
from keras_s2s.serving.registry import Registry
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.unsupported import check_examples, refuse_method

# A client that is still there after so many seconds is watched, in case it goes away.
_UNWATCHED_SECONDS = 0.05


class RestPredictions:
    """Answers what is posted to a model.

    Args:
        registry: The models.
        predictor: What computes.
        admission: Who is let in, within which limits.
    """

    def __init__(self, registry: Registry, predictor: Predictor, admission: Admission):
        self._registry, self._predictor, self._admission = registry, predictor, admission

    async def answer(
        self, exchange: HttpExchange, name: str, version: int | None, label: str | None, method: str
    ) -> bytes:
        """The body of the answer.

        Args:
            exchange: The request.
            name: The model's name.
            version: One of its versions. None: the newest.
            label: The label of one, instead of its number.
            method: `"predict"`, `"classify"` or `"regress"`.

        Raises:
            RequestError: Whatever is wrong with the request.
        """
        limits = self._admission.limits
        with self._admission.admit(name, method, "REST") as started:
            body = await exchange.body(limits.body_bytes, limits.timeout_seconds)
            deadline = started + limits.timeout_seconds
            work = self._predict if method == "predict" else self._refuse
            return await _unless_gone(exchange, work(body, name, version, label, method, deadline))

    async def _predict(
        self, body: bytes, name: str, version: int | None, label: str | None, method: str, deadline: float
    ) -> bytes:
        large, limits = len(body) > LARGE, self._admission.limits
        parsed = await run_aside(large, deadline, parse_body, body, limits.json_depth)
        with self._registry.use(name, version, label) as servable:
            signature = servable.signature(parsed.signature)
            inputs = await run_aside(large, deadline, arrays_from_body, parsed, servable.inputs[signature], limits)
            outputs = await self._predictor.predict(servable, signature, inputs, deadline)
            large = sum(array.nbytes for array in outputs.values()) > LARGE
            answer: bytes = await run_aside(large, deadline, response_body, outputs, parsed.row_format)
            return answer

    async def _refuse(
        self, body: bytes, name: str, version: int | None, label: str | None, method: str, deadline: float
    ) -> bytes:
        depth = self._admission.limits.json_depth
        document = await run_aside(len(body) > LARGE, deadline, _examples, body, depth, method)
        with self._registry.use(name, version, label) as servable:
            refuse_method(servable, str(document.get("signature_name", "")), method)
        raise AssertionError("no method but predict is answered")


def _examples(body: bytes, most_deep: int, method: str) -> dict[str, Any]:
    document = parse_object(body, most_deep)
    check_examples(document, method)
    return document


async def _unless_gone(exchange: HttpExchange, work: Any) -> bytes:
    """Does the work, unless the client goes away meanwhile. Nobody is watched who is answered quickly."""
    task = asyncio.current_task()
    assert task is not None
    watch: list[asyncio.Task[None]] = []

    async def cancel_when_gone() -> None:
        await exchange.gone()
        task.cancel()

    timer = asyncio.get_running_loop().call_later(
        _UNWATCHED_SECONDS, lambda: watch.append(asyncio.ensure_future(cancel_when_gone()))
    )
    try:
        result: bytes = await work
        return result
    except asyncio.CancelledError:
        if watch and watch[0].done():
            task.uncancel()
            raise RequestError("the client went away", "CANCELLED") from None
        raise
    finally:
        timer.cancel()
        for one in watch:
            one.cancel()
