"""TensorFlow Serving's REST interface over a registry of served models.

Source: TensorFlow Serving, "RESTful API": model status, model metadata, predict.
"""

import json
import logging
import re
from typing import Any

from keras_s2s.serving import api_page
from keras_s2s.serving.admission import Admission
from keras_s2s.serving.http_exchange import HttpExchange, decoded
from keras_s2s.serving.predictor import Predictor
from keras_s2s.serving.registry import Registry
from keras_s2s.serving.request_error import RequestError
from keras_s2s.serving.rest_predictions import RestPredictions

_MODEL = r"/(?i:v1/models)/(?P<name>[^/:]+)(?:/(?i:versions)/(?P<version>\d+)|/(?i:labels)/(?P<label>[^/:]+))?"
_PREDICT_PATH = re.compile(_MODEL + r":(?P<method>predict|classify|regress)", re.ASCII)
_MODEL_PATH = re.compile(_MODEL + r"(?P<metadata>/(?i:metadata))?", re.ASCII)
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LONGEST_PATH = 200
_LOG = logging.getLogger("keras_s2s.serving")


class RestInterface:
    """Answers HTTP requests: an ASGI application.

    Args:
        registry: The models.
        predictor: What computes.
        admission: Who is let in, within which limits.

    Attributes:
        draining: Set when the server is about to stop: `/healthz` says 503 and answers close their connection.
    """

    def __init__(self, registry: Registry, predictor: Predictor, admission: Admission):
        self._registry, self._metrics = registry, admission.metrics
        self._predictions = RestPredictions(registry, predictor, admission)
        self.draining = False
        self._pages = {
            "/healthz": self._health,
            "/monitoring/prometheus/metrics": self._metrics_page,
            "/openapi.json": api_page.schema,
            "/docs": api_page.page,
        }

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """The answer to any request below `/v1`, to the pages beside it, and to any other a kind 404."""
        if scope["type"] != "http":
            return
        exchange = HttpExchange(scope, receive, send)
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

    async def _route(self, exchange: HttpExchange) -> tuple[bytes, int, bytes]:
        path, method = exchange.path, exchange.method
        if "%" in path and _BROKEN_ESCAPE.search(path):
            raise RequestError(f"Malformed request: {method} {path[:_LONGEST_PATH]}")
        if method == "POST" and (match := _PREDICT_PATH.fullmatch(path)):
            name, version, label = decoded(match["name"]), _version(match), _label(match)
            answer = await self._predictions.answer(exchange, name, version, label, match["method"])
            return answer, 200, b"application/json"
        if (page := self._pages.get(exchange.plain_path)) and method in ("GET", "HEAD"):
            return page(exchange)
        if not path.lower().startswith("/v1/"):
            names = ", ".join(self._registry.names())
            asked = f"{method} {path[:_LONGEST_PATH]}"
            raise RequestError(f"Not found: {asked}. Try GET /v1/models/NAME; served here: {names}", "NOT_FOUND")
        if method == "GET" and path.lower() == "/v1/models":
            names = ", ".join(self._registry.names())
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
        versions = self._registry.versions(decoded(match["name"]), _version(match))
        states = [version.as_json() for version in versions]
        return json.dumps({"model_version_status": states}, indent=1).encode()

    def _metadata(self, match: re.Match[str]) -> bytes:
        name = decoded(match["name"])
        with self._registry.use(name, _version(match), _label(match)) as servable:
            spec = {"name": name, "signature_name": "", "version": str(servable.version)}
            # The double "signature_def" is TensorFlow Serving's.
            metadata = {"signature_def": {"signature_def": servable.metadata}}
            return json.dumps({"model_spec": spec, "metadata": metadata}, indent=1).encode()

    def _health(self, exchange: HttpExchange) -> tuple[bytes, int, bytes]:
        status = "draining" if self.draining else "ok"
        return json.dumps({"status": status}).encode(), 503 if self.draining else 200, b"application/json"

    def _metrics_page(self, exchange: HttpExchange) -> tuple[bytes, int, bytes]:
        if exchange.path != exchange.plain_path:
            return f"Unexpected path: {exchange.path[:_LONGEST_PATH]}".encode(), 400, b"text/plain"
        return self._metrics.page(), 200, self._metrics.content_type.encode()


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
