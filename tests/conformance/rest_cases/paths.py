"""Paths and HTTP methods: what is found, what is malformed."""

from tests.conformance.rest_case import RestCase

TEST = "http_rest_api_handler_test.cc, UnsupportedApiCalls"
PARSE = "http_rest_api_util.cc, ParseModelInfo"
REGEX = "http_rest_api_util.cc, kPredictionApiGegex and kModelStatusApiRegex"
DISPATCH = "http_server.cc, RestApiRequestDispatcher::Dispatch (other paths: libevent's own 404)"
HANDLER = "http_rest_api_handler.cc, ProcessRequest"
URI = "evhttp_request.cc, ParsedEvRequest::decode"
BODY = b'{"instances": [2.0]}'
DEFAULT = {"predictions": [4.0]}


def malformed(name: str, origin: str, path: str, method: str = "GET", **fields) -> RestCase:
    """A case of a path or method that the interface does not know."""
    body = BODY if method in ("POST", "PUT", "PATCH") else None
    error = f"Malformed request: {method} {path}"
    return RestCase(name, origin, path, method=method, body=body, status=400, error=error, **fields)


def elsewhere(name: str, path: str) -> RestCase:
    """A case of a path that is not the interface's: 404, in whatever words."""
    return RestCase(name, DISPATCH, path, status=404, content_type=None)


CASES = [
    malformed("path of another resource", TEST, "/v1/foo"),
    malformed("post to another resource", TEST, "/v1/foo", "POST"),
    malformed("path below a model", TEST, "/v1/models/debug/model_name"),
    malformed("post to the list of models", TEST, "/v1/models", "POST"),
    malformed("post to a model's status", REGEX, "/v1/models/$shapes", "POST"),
    malformed("post to metadata", TEST, "/v1/models/$shapes/metadata", "POST"),
    malformed("get predict", TEST, "/v1/models/$shapes:predict"),
    malformed("version in the singular", TEST, "/v1/models/$shapes/version/1:predict", "POST"),
    malformed("version that is no number", TEST, "/v1/models/$shapes/versions/HELLO:predict", "POST"),
    malformed("version that is negative", REGEX, "/v1/models/$shapes/versions/-1"),
    malformed("label in the singular", TEST, "/v1/models/$shapes/label/stable:predict", "POST"),
    malformed("version and label", TEST, "/v1/models/$shapes/versions/1/labels/stable:predict", "POST"),
    malformed("unknown verb", REGEX, "/v1/models/$shapes:translate", "POST"),
    malformed("verb without a model", REGEX, "/v1/models/:predict", "POST"),
    malformed("verb in capitals", HANDLER, "/v1/models/$shapes:PREDICT", "POST"),
    malformed("colon that is encoded", REGEX, "/v1/models/$shapes%3Apredict", "POST"),
    malformed("slash at the end of a model", REGEX, "/v1/models/$shapes/"),
    malformed("slash at the end of the list", REGEX, "/v1/models/"),
    malformed("slash after the verb", REGEX, "/v1/models/$shapes:predict/", "POST"),
    malformed("metadata of metadata", REGEX, "/v1/models/$shapes/metadata/more"),
    malformed("dots are not resolved", URI, "/v1/models/../models/$shapes"),
    malformed("put", HANDLER, "/v1/models/$shapes:predict", "PUT"),
    malformed("delete", HANDLER, "/v1/models/$shapes", "DELETE"),
    malformed("patch", HANDLER, "/v1/models/$shapes:predict", "PATCH"),
    malformed("nothing after v1", DISPATCH, "/v1/"),
    RestCase("head", HANDLER, "/v1/models/$shapes", method="HEAD", status=400, content_type=None),
    elsewhere("root", "/"),
    elsewhere("v1 without a slash", "/v1"),
    elsewhere("another page", "/statuspage"),
    elsewhere("another version of the interface", "/v2/models/$shapes"),
    RestCase(
        "version too large for 64 bits",
        TEST,
        "/v1/models/$shapes/versions/18446744073709551615:predict",
        body=BODY,
        status=400,
        error="Failed to convert version",
    ),
    RestCase("path in capitals", REGEX, "/V1/MODELS/$shapes:predict", body=BODY, expect=DEFAULT),
    RestCase("name that is encoded", PARSE, "/v1/models/$encoded:predict", body=BODY, expect=DEFAULT),
    RestCase("label that is encoded", PARSE, "/v1/models/$shapes/labels/c%61nary:predict", body=BODY, expect=DEFAULT),
    RestCase("slash that is encoded", PARSE, "/v1/models/a%2Fb", status=404, error="of model a/b"),
    RestCase(
        "climbing out of the folder",
        PARSE,
        "/v1/models/%2e%2e%2f%2e%2e%2fetc:predict",
        body=BODY,
        status=404,
        error="Servable not found for request: Latest(../../etc)",
    ),
    RestCase("percent sign without digits", URI, "/v1/models/%zz", status=400, content_type=None),
    # The query string counts as a part of the path: a model of that name is looked for.
    RestCase("query string on a status", URI, "/v1/models/$shapes?a=1", status=404, error="of model $shapes?a=1"),
    malformed("query string on a predict", URI, "/v1/models/$shapes:predict?a=1", "POST"),
    RestCase(
        "options with an origin",
        "http_server.cc, RestApiRequestDispatcher::ProcessRequest",
        "/v1/models/$shapes:predict",
        method="OPTIONS",
        headers={"Origin": "https://example.org"},
        content_type=None,
        text=r"\A\Z",
    ),
    RestCase(
        "options without an origin",
        "http_server.cc, RestApiRequestDispatcher::ProcessRequest",
        "/v1/models/$shapes:predict",
        method="OPTIONS",
        status=400,
        content_type=None,
        text=r"\A\Z",
    ),
]
