"""TensorFlow Serving's REST interface over a registry of servables.

Source: TensorFlow Serving, "RESTful API": model status, model metadata, predict.
"""

import asyncio
import json
import logging
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from keras_s2s.serving.limits import Limits
from keras_s2s.serving.predict_json import arrays_from_body, parse_body, response_text
from keras_s2s.serving.registry import Registry
from keras_s2s.serving.request_error import RequestError

_MODEL = r"/v1/models/(?P<name>[^/:]+)(?:/versions/(?P<version>\d+))?"
_PREDICT_PATH = re.compile(_MODEL + r":(?P<method>predict|classify|regress)", re.IGNORECASE | re.ASCII)
_MODEL_PATH = re.compile(_MODEL + r"(?P<metadata>/metadata)?", re.IGNORECASE | re.ASCII)
_LONGEST_PATH = 200
_LOG = logging.getLogger("keras_s2s.serving")


class RestInterface:
    """Answers HTTP requests.

    Args:
        registry: The models.
        limits: What a request may ask for.

    TensorFlow runs in a pool of `limits.workers` threads, so status and metadata are answered while it works.
    """

    def __init__(self, registry: Registry, limits: Limits):
        self.registry, self.limits = registry, limits
        self._pool = ThreadPoolExecutor(limits.workers, thread_name_prefix="predict")
        self._waiting = 0

    async def answer(self, request: Request) -> Response:
        """The answer to any request below `/v1`, and to any other a kind 404."""
        try:
            return _json(await self._route(request))
        except RequestError as error:
            return _error(error.message, error.status)
        except ClientDisconnect:
            return _error("the client went away", 499)
        except Exception:
            _LOG.exception("%s %s failed", request.method, request.url.path)
            return _error("internal error; the server's log has the details", 500)

    async def _route(self, request: Request) -> str:
        path = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0]
        if request.method == "POST" and (match := _PREDICT_PATH.fullmatch(path)):
            return await self._predict(
                request, unquote(match["name"]), _version(match), match["method"].lower()
            )
        if request.method == "GET" and (match := _MODEL_PATH.fullmatch(path)):
            show = self._metadata if match["metadata"] else self._status
            return show(unquote(match["name"]), _version(match))
        asked = f"{request.method} {path[:_LONGEST_PATH]}"
        names = ", ".join(self.registry.names())
        if not path.lower().startswith("/v1/"):
            raise RequestError(
                f"Not found: {asked}. Try GET /v1/models/NAME; served here: {names}", status=404
            )
        raise RequestError(
            f"Malformed request: {asked}. Known are GET /v1/models/NAME[/versions/N][/metadata] and "
            f"POST /v1/models/NAME[/versions/N]:predict; served here: {names}"
        )

    def _status(self, name: str, version: int | None) -> str:
        versions = self.registry.versions(name, version)
        fine = {"error_code": "OK", "error_message": ""}
        states = [{"version": str(known), "state": "AVAILABLE", "status": fine} for known in versions]
        return json.dumps({"model_version_status": states}, indent=1)

    def _metadata(self, name: str, version: int | None) -> str:
        servable = self.registry.get(name, version)
        spec = {"name": name, "signature_name": "", "version": str(servable.version)}
        # The double "signature_def" is TensorFlow Serving's.
        metadata = {"signature_def": {"signature_def": servable.metadata}}
        return json.dumps({"model_spec": spec, "metadata": metadata}, indent=1)

    async def _predict(self, request: Request, name: str, version: int | None, method: str) -> str:
        if method != "predict":
            raise RequestError(
                f"these models have no signature for {method}: use POST /v1/models/{name}:predict"
            )
        servable = self.registry.get(name, version)
        body = await self._read_body(request)
        if self._waiting >= self.limits.waiting:
            raise RequestError(f"{self._waiting} requests are waiting already: try again later", status=503)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._run, servable, body)
        finally:
            self._waiting -= 1

    async def _read_body(self, request: Request) -> bytes:
        most = self.limits.body_bytes
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                raise RequestError(f"the body is larger than {most} bytes: send several requests", status=413)
        return bytes(body)

    def _run(self, servable: Any, body: bytes) -> str:
        parsed = parse_body(body)
        signature = servable.signature(parsed.signature)
        arrays = arrays_from_body(parsed, servable.inputs[signature], self.limits.rows)
        return response_text(servable.predict(signature, arrays), parsed.row_format)

    def close(self) -> None:
        """Lets running predictions end and starts no more."""
        self._pool.shutdown(cancel_futures=True)


def _version(match: re.Match[str]) -> int | None:
    digits = match["version"]
    if digits is None:
        return None
    if len(digits) > 18:
        raise RequestError(f"Failed to convert version: {digits[:40]} to numeric.")
    return int(digits)


def _json(text: str) -> Response:
    return Response(text, media_type="application/json")


def _error(message: str, status: int) -> Response:
    return Response(json.dumps({"error": message}), status_code=status, media_type="application/json")


def create_app(registry: Registry, limits: Limits | None = None, cors: Sequence[str] = ()) -> Starlette:
    """The ASGI application.

    Args:
        registry: The models to serve.
        limits: What a request may ask for; the defaults of `Limits` when None.
        cors: Origins whose web pages may call the server, e.g. `"https://example.org"` or `"*"`. Default:
            none.

    Returns:
        An application that any ASGI server can run.
    """
    interface = RestInterface(registry, limits or Limits())
    middleware = (
        [
            Middleware(
                CORSMiddleware,
                allow_origins=list(cors),
                allow_methods=["GET", "POST"],
                allow_headers=["Content-Type"],
            )
        ]
        if cors
        else []
    )
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
    app = Starlette(routes=[Route("/{path:path}", interface.answer, methods=methods)], middleware=middleware)
    app.state.interface = interface
    return app
