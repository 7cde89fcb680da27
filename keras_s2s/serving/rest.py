"""TensorFlow Serving's REST interface over a registry of served models.

Source: TensorFlow Serving, "RESTful API": model status, model metadata, predict.
"""

import asyncio
import json
import logging
import re
import time
from collections.abc import Sequence
from typing import Any

from keras_s2s.serving import api_page
from keras_s2s.serving.aside import LARGE, run_aside
from keras_s2s.serving.http_exchange import HttpExchange, decoded
from keras_s2s.serving.json_body import parse_object
from keras_s2s.serving.limits import Limits
from keras_s2s.serving.metrics import Metrics
from keras_s2s.serving.predict_json import arrays_from_body, parse_body, response_body
from keras_s2s.serving.predictor import Predictor
from keras_s2s.serving.registry import Registry
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.unsupported import check_examples, refuse_method

_MODEL = r"/(?i:v1/models)/(?P<name>[^/:]+)(?:/(?i:versions)/(?P<version>\d+)|/(?i:labels)/(?P<label>[^/:]+))?"
_PREDICT_PATH = re.compile(_MODEL + r":(?P<method>predict|classify|regress)", re.ASCII)
_MODEL_PATH = re.compile(_MODEL + r"(?P<metadata>/(?i:metadata))?", re.ASCII)
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LONGEST_PATH = 200
# A client that is still there after so many seconds is watched, in case it goes away.
_PATIENCE = 0.05
_LOG = logging.getLogger("keras_s2s.serving")


class RestInterface:
    """Answers HTTP requests: an ASGI application.

    Args:
        registry: The models.
        predictor: What computes; one of its own when None.
        limits: What a request may ask for; the defaults of `Limits` when None.
        metrics: What is counted; counters of its own when None.

    Attributes:
        draining: Set when the server is about to stop: `/healthz` says 503 and answers close their connection.
        in_flight: Requests being read or answered.
    """

    def __init__(
        self,
        registry: Registry,
        predictor: Predictor | None = None,
        limits: Limits | None = None,
        metrics: Metrics | None = None,
    ):
        self.registry, self.limits = registry, limits or Limits()
        self.metrics = metrics or Metrics()
        self.predictor = predictor or Predictor(metrics=self.metrics)
        self.draining = False
        self.in_flight = 0
        self.metrics.in_flight.set_function(lambda: self.in_flight)
        self.pages = {
            "/healthz": self._health,
            "/monitoring/prometheus/metrics": self._metrics_page,
            "/openapi.json": api_page.schema,
            "/docs": api_page.page,
        }

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """The answer to any request below `/v1`, to the pages beside it, and to any other a kind 404."""
        if scope["type"] == "lifespan":
            while (message := await receive())["type"] != "lifespan.shutdown":
                await send({"type": f"{message['type']}.complete"})
            await send({"type": "lifespan.shutdown.complete"})
        if scope["type"] != "http":
            return
        exchange = HttpExchange(scope, receive, send)
        self.in_flight += 1
        try:
            try:
                body, status, media_type = await self._route(exchange)
            except RequestError as error:
                body, status, media_type = _error(error.message), error.status, b"application/json"
            except Exception:
                _LOG.exception("%s %s failed", exchange.method, exchange.path[:_LONGEST_PATH])
                body, status = _error("internal error; the server's log has the details"), 500
                media_type = b"application/json"
            # A body that was refused is not read to its end: the connection cannot go on.
            await exchange.answer(body, status, media_type, close=self.draining or status in (413, 415))
        finally:
            self.in_flight -= 1

    async def _route(self, exchange: HttpExchange) -> tuple[bytes, int, bytes]:
        path, method = exchange.path, exchange.method
        if "%" in path and _BROKEN_ESCAPE.search(path):
            raise RequestError(f"Malformed request: {method} {path[:_LONGEST_PATH]}")
        if method == "POST" and (match := _PREDICT_PATH.fullmatch(path)):
            return await self._predict(exchange, match), 200, b"application/json"
        if (page := self.pages.get(exchange.plain_path)) and method in ("GET", "HEAD"):
            return page(exchange)
        if not path.lower().startswith("/v1/"):
            names = ", ".join(self.registry.names())
            asked = f"{method} {path[:_LONGEST_PATH]}"
            raise RequestError(f"Not found: {asked}. Try GET /v1/models/NAME; served here: {names}", "NOT_FOUND")
        if method == "GET" and path.lower() == "/v1/models":
            names = ", ".join(self.registry.names())
            raise RequestError(f"Missing model name in request. Served here: {names}")
        if method == "GET" and (match := _MODEL_PATH.fullmatch(path)):
            show = self._metadata if match["metadata"] else self._status
            return show(match), 200, b"application/json"
        if method == "OPTIONS":
            fine = re.search(rb"https?://", exchange.header(b"origin")) is not None
            return b"", 200 if fine else 400, b"application/json"
        raise RequestError(
            f"Malformed request: {method} {path[:_LONGEST_PATH]}. Known are GET /v1/models/NAME"
            "[/versions/N|/labels/L][/metadata] and POST /v1/models/NAME[/versions/N|/labels/L]:predict"
        )

    def _status(self, match: re.Match[str]) -> bytes:
        # TensorFlow Serving shows all versions also where a label is given.
        versions = self.registry.versions(decoded(match["name"]), _version(match))
        states = [version.as_json() for version in versions]
        return json.dumps({"model_version_status": states}, indent=1).encode()

    def _metadata(self, match: re.Match[str]) -> bytes:
        name = decoded(match["name"])
        with self.registry.use(name, _version(match), _label(match)) as servable:
            spec = {"name": name, "signature_name": "", "version": str(servable.version)}
            # The double "signature_def" is TensorFlow Serving's.
            metadata = {"signature_def": {"signature_def": servable.metadata}}
            return json.dumps({"model_spec": spec, "metadata": metadata}, indent=1).encode()

    async def _predict(self, exchange: HttpExchange, match: re.Match[str]) -> bytes:
        name, method, started, code = decoded(match["name"]), match["method"], time.monotonic(), "INTERNAL"
        try:
            deadline = started + self.limits.timeout_seconds
            if self.in_flight > self.limits.concurrent:
                raise RequestError(f"{self.in_flight} requests are running: try again later", "UNAVAILABLE")
            body = await exchange.body(self.limits.body_bytes, self.limits.timeout_seconds)
            work = self._answer(body, name, _version(match), _label(match), method, deadline)
            answer = await _unless_gone(exchange, work)
            code = "OK"
            return answer
        except RequestError as error:
            code = error.code
            raise
        finally:
            known = name if name in self.registry.names() else ""
            self.metrics.request(known, method, "REST", code, time.monotonic() - started)

    async def _answer(
        self, body: bytes, name: str, version: int | None, label: str | None, method: str, deadline: float
    ) -> bytes:
        long = len(body) > LARGE
        if method != "predict":
            document = await run_aside(long, deadline, _examples, body, self.limits.json_depth, method)
            with self.registry.use(name, version, label) as servable:
                refuse_method(servable, str(document.get("signature_name", "")), method)
        parsed = await run_aside(long, deadline, parse_body, body, self.limits.json_depth)
        with self.registry.use(name, version, label) as servable:
            signature = servable.signature(parsed.signature)
            inputs = await run_aside(long, deadline, arrays_from_body, parsed, servable.inputs[signature], self.limits)
            outputs = await self.predictor.predict(servable, signature, inputs, deadline)
            large = sum(array.nbytes for array in outputs.values()) > LARGE
            return await run_aside(large, deadline, response_body, outputs, parsed.row_format)

    def _health(self, exchange: HttpExchange) -> tuple[bytes, int, bytes]:
        status = "draining" if self.draining else "ok"
        return json.dumps({"status": status}).encode(), 503 if self.draining else 200, b"application/json"

    def _metrics_page(self, exchange: HttpExchange) -> tuple[bytes, int, bytes]:
        if exchange.path != exchange.plain_path:
            return f"Unexpected path: {exchange.path[:_LONGEST_PATH]}".encode(), 400, b"text/plain"
        return self.metrics.page(), 200, self.metrics.content_type.encode()


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
        _PATIENCE, lambda: watch.append(asyncio.ensure_future(cancel_when_gone()))
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


def _version(match: re.Match[str]) -> int | None:
    digits = match["version"]
    if digits is None:
        return None
    if len(digits) > 30 or int(digits) > 2**63 - 1:
        raise RequestError(f"Failed to convert version: {digits[:40]} to numeric.")
    return int(digits)


def _label(match: re.Match[str]) -> str | None:
    return None if match["label"] is None else decoded(match["label"])


def _error(message: str) -> bytes:
    return json.dumps({"error": message}).encode()


def create_app(
    registry: Registry,
    limits: Limits | None = None,
    cors: Sequence[str] = (),
    predictor: Predictor | None = None,
    metrics: Metrics | None = None,
) -> Any:
    """The ASGI application.

    Args:
        registry: The models to serve.
        limits: What a request may ask for; the defaults of `Limits` when None.
        cors: Origins whose web pages may call the server, e.g. `"https://example.org"` or `"*"`. Default:
            none.
        predictor: What computes; one of its own when None.
        metrics: What is counted; counters of its own when None.

    Returns:
        An application that any ASGI server can run.
    """
    interface = RestInterface(registry, predictor, limits, metrics)
    return allow_origins(interface, cors) if cors else interface


def allow_origins(app: Any, origins: Sequence[str]) -> Any:
    """The application, callable from web pages of these origins."""
    from starlette.middleware.cors import CORSMiddleware

    return CORSMiddleware(
        app, allow_origins=list(origins), allow_methods=["GET", "POST"], allow_headers=["Content-Type"])
