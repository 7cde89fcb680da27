"""HTTP itself: types of content, compressed, chunked and large bodies; metrics."""

import json

from tests.conformance.rest_case import RestCase, as_bytes, predict, refused, zipped

READ = "http_server.cc, RestApiRequestDispatcher::ProcessRequest"
GZIP = "evhttp_request.cc, ReadRequestBytes and NeedUncompressGzipContent"
HEADERS = "http_rest_api_util.cc, AddHeaders"
METRICS = "http_server.cc, ProcessPrometheusRequest; prometheus_exporter.cc, GeneratePage"
COUNTERS = "servables/tensorflow/util.cc, RecordModelRequestCount and RecordRequestLatency"
PREDICT = "/v1/models/$shapes:predict"
METRICS_PATH = "/monitoring/prometheus/metrics"
BODY = b'{"instances": [2.0]}'
DEFAULT = {"predictions": [4.0]}
MANY = json.dumps({"signature_name": "echo_float", "instances": [[0.5] * 50_000] * 8}).encode()  # 2 MB
LARGE_ANSWER = r'^\{\s*"predictions":\s*\[\s*\[\s*0\.5,\s*0\.5,(?s:.*)0\.5\s*\]\s*\]\s*\}\s*$'


def typed(content_type: str) -> RestCase:
    """A body that is said to be of some type."""
    name = f"request of type {content_type or 'nothing'}"
    return predict(
        name, READ + " (no header is looked at)", BODY, headers={"Content-Type": content_type}, expect=DEFAULT
    )


def metrics(name: str, origin: str, text: str, first: bytes = BODY) -> RestCase:
    """A look at the metrics after a request."""
    return RestCase(name, origin, METRICS_PATH, content_type="text/plain", first=(PREDICT, first), text=text)


CASES: list[RestCase] = [
    typed("application/json"),
    typed("text/plain"),
    typed("application/x-www-form-urlencoded"),  # what curl -d says
    typed("image/png"),
    predict("request that wants HTML", HEADERS, BODY, headers={"Accept": "text/html"}, expect=DEFAULT),
    RestCase("body compressed", GZIP, PREDICT, expect=DEFAULT, **zipped(BODY)),
    RestCase("large body compressed", GZIP, PREDICT, text=LARGE_ANSWER, **zipped(MANY)),
    RestCase(
        "body compressed and damaged",
        GZIP,
        PREDICT,
        body=zipped(BODY)["body"][:12] + b"\0" * 8,
        headers={"Content-Encoding": "gzip"},
        status=400,
        error="JSON Parse error",
    ),
    RestCase(
        "body said to be compressed, but plain",
        GZIP,
        PREDICT,
        body=BODY,
        headers={"Content-Encoding": "gzip"},
        status=400,
        error="JSON Parse error",
    ),
    refused("body compressed without saying so", GZIP, zipped(BODY)["body"], "JSON Parse error"),
    predict(
        "request that would rather speak HTTP/2", READ + " (libevent takes Upgrade for any header)", BODY,
        headers={"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAEAAEAAAAIAAAAA"},
        expect=DEFAULT,
    ),
    predict("body in chunks", READ + " (ReadRequestBytes until the end)", BODY, pieces=7, expect=DEFAULT),
    predict("large body", READ, MANY, text=LARGE_ANSWER),
    predict("large body in chunks", READ, MANY, pieces=9_973, text=LARGE_ANSWER),
    predict(
        "body larger than 4 MiB",
        READ + " (no limit)",
        {"signature_name": "echo_text", "instances": ["a" * 4_700_000]},
        text="aaa",
        locally=(413, "a body may have 4 MiB"),
    ),
    RestCase(
        "get with a body, which is ignored", READ, "/v1/models/$shapes", method="GET", body=b"{", text="AVAILABLE"
    ),
    RestCase(
        "error is an object with one key", "RESTful API, introduction", "/v1/models/nosuch", status=404, error="nosuch"
    ),
    RestCase(
        "metrics",
        METRICS,
        METRICS_PATH,
        content_type="text/plain",
        text=r"(?m)^# TYPE :tensorflow:serving:request_count counter$",
        first=(PREDICT, BODY),
    ),
    metrics(
        "metrics count requests",
        COUNTERS,
        r'(?m)^:tensorflow:serving:request_count\{(?=.*model_name="$shapes")(?=.*status="OK").*\} [1-9]',
    ),
    metrics(
        "metrics count refused requests",
        COUNTERS,
        r'(?m)^:tensorflow:serving:request_count\{(?=.*model_name="$shapes")(?=.*status="INVALID_ARGUMENT").*\} [1-9]',
        first=as_bytes({"instances": ["a"]}),
    ),
    metrics(
        "metrics measure latency",
        COUNTERS,
        r'(?m)^:tensorflow:serving:request_latency_count\{(?=.*model_name="$shapes")(?=.*API="predict")'
        r'(?=.*entrypoint="REST").*\} [1-9]',
    ),
    metrics(
        "metrics put latency into buckets",
        "prometheus_exporter.cc, SerializeHistogram",
        r'(?m)^:tensorflow:serving:request_latency_bucket\{(?=.*model_name="$shapes").*le="\+Inf".*\} [1-9]',
    ),
    RestCase(
        "metrics with a query string",
        METRICS,
        METRICS_PATH + "?name=a",
        status=400,
        content_type="text/plain",
        text="Unexpected path",
    ),
    RestCase("metrics under another path", METRICS, "/monitoring/prometheus", status=404, content_type=None),
    RestCase(
        "health",
        "keras_s2s's own: TensorFlow Serving has the model status instead",
        "/healthz",
        content_type=None,
        local_only=True,
    ),
]
