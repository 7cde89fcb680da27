"""The description of the REST interface: OpenAPI, and a page that shows it without loading anything from the net."""

import json
from typing import Any

_NAME = {"name": "name", "in": "path", "required": True, "schema": {"type": "string"}, "description": "The model."}
_CHOICES = {
    "": [],
    "/versions/{version}": [
        {"name": "version", "in": "path", "required": True, "schema": {"type": "integer", "format": "int64"}}
    ],
    "/labels/{label}": [{"name": "label", "in": "path", "required": True, "schema": {"type": "string"}}],
}
_ERROR = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}
_PREDICT_REQUEST = {
    "type": "object",
    "description": "Exactly one of `instances` (rows) and `inputs` (columns).",
    "properties": {
        "signature_name": {"type": "string", "default": "serving_default"},
        "instances": {
            "type": "array",
            "minItems": 1,
            "description": "One item a row: the value itself, or an object of input names where there are several.",
            "items": {},
        },
        "inputs": {"description": "All rows of the only input, or an object of input names."},
    },
    "example": {"instances": ["march 3rd, 1999"]},
}
_PREDICT_ANSWER = {
    "type": "object",
    "properties": {
        "predictions": {"type": "array", "items": {}, "description": "One item a row, for `instances`."},
        "outputs": {"description": "One array an output, for `inputs`."},
    },
}
_STATUS_ANSWER = {
    "type": "object",
    "properties": {
        "model_version_status": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "version": {"type": "string"},
                    "state": {"enum": ["START", "LOADING", "AVAILABLE", "UNLOADING", "END"]},
                    "status": {
                        "type": "object",
                        "properties": {"error_code": {"type": "string"}, "error_message": {"type": "string"}},
                    },
                },
            },
        }
    },
}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def _operation(summary: str, parameters: list[Any], answer: dict[str, Any], errors: dict[str, str]) -> dict[str, Any]:
    responses = {"200": {"description": "The answer.", **answer}}
    responses |= {status: {"description": why, **_content(_ERROR)} for status, why in errors.items()}
    return {"summary": summary, "parameters": parameters, "responses": responses}


def openapi() -> dict[str, Any]:
    """The interface as an OpenAPI 3.1 document."""
    paths: dict[str, Any] = {}
    unknown = {"400": "A malformed path or an unknown label.", "404": "No such model or version."}
    refused = unknown | {
        "400": "A body, value or text that the signature does not take, or an unknown label.",
        "413": "The body is too large.", "503": "Too many requests wait.", "504": "Time is up."}
    for choice, more in _CHOICES.items():
        model, parameters = f"/v1/models/{{name}}{choice}", [_NAME, *more]
        paths[model] = {"get": _operation("Status of the versions", parameters, _content(_STATUS_ANSWER), unknown)}
        metadata = _operation("Signatures", parameters, _content({"type": "object"}), unknown)
        paths[f"{model}/metadata"] = {"get": metadata}
        predict = _operation("Predict", parameters, _content(_PREDICT_ANSWER), refused)
        predict["requestBody"] = {"required": True, **_content(_PREDICT_REQUEST)}
        paths[f"{model}:predict"] = {"post": predict}
    text = {"content": {"text/plain": {"schema": {"type": "string"}}}}
    paths["/monitoring/prometheus/metrics"] = {"get": _operation("Metrics for Prometheus", [], text, {})}
    health = _operation("Ready (200) or about to stop (503)", [], _content({"type": "object"}), {"503": "Draining."})
    paths["/healthz"] = {"get": health}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "keras_s2s server",
            "version": "1",
            "description": "TensorFlow Serving's REST interface. `/healthz`, `/docs` and `/openapi.json` are ours.",
        },
        "paths": paths,
    }


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>keras_s2s server</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
code, pre { font-family: ui-monospace, monospace; font-size: .9em }
summary { padding: .4rem; background: #f2f4f7; margin: .3rem 0; cursor: pointer }
summary b { display: inline-block; width: 3.5rem } pre { overflow: auto; background: #f8f8f8; padding: .6rem }
</style>
<h1>keras_s2s server</h1>
<p>TensorFlow Serving's REST interface; the description below is <a href="openapi.json">openapi.json</a>.</p>
<div id="paths"></div>
<script>
fetch("openapi.json").then(answer => answer.json()).then(api => {
  for (const [path, methods] of Object.entries(api.paths)) for (const [method, about] of Object.entries(methods)) {
    const block = document.createElement("details"), head = document.createElement("summary");
    const name = document.createElement("b"), code = document.createElement("code");
    const more = document.createElement("pre");
    name.textContent = method.toUpperCase();
    code.textContent = path;
    head.append(name, code, " " + about.summary);
    more.textContent = JSON.stringify({requestBody: about.requestBody, responses: about.responses}, null, 1);
    block.append(head, more);
    document.getElementById("paths").append(block);
  }
});
</script>
</html>
"""


def schema(exchange: Any) -> tuple[bytes, int, bytes]:
    """The answer to `GET /openapi.json`."""
    return json.dumps(openapi()).encode(), 200, b"application/json"


def page(exchange: Any) -> tuple[bytes, int, bytes]:
    """The answer to `GET /docs`."""
    return _PAGE.encode(), 200, b"text/html; charset=utf-8"
