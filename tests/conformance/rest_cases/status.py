"""`GET /v1/models/NAME[/versions/V|/labels/L]`: which versions there are and how they are."""

from tests.conformance.matchers import Including, matching
from tests.conformance.rest_case import RestCase

STATUS = "get_model_status_impl.cc, GetModelStatusWithModelSpec"
HANDLER_TEST = "http_rest_api_handler_test.cc, GetStatus"
NO_NAME = "http_rest_api_handler_test.cc, UnsupportedApiCalls"
DOCUMENT = "RESTful API, Model status API"


def version(number: int) -> dict:
    """One available version as the server lists it."""
    return {"version": str(number), "state": "AVAILABLE", "status": {"error_code": "OK", "error_message": ""}}


BOTH = {"model_version_status": [version(2), version(1)]}  # the newest first

CASES = [
    RestCase("status of all versions", HANDLER_TEST, "/v1/models/$shapes", expect=BOTH),
    RestCase(
        "status of a model with one version",
        DOCUMENT,
        "/v1/models/$dates",
        expect={"model_version_status": [version(1)]},
    ),
    RestCase(
        "status of one version",
        HANDLER_TEST,
        "/v1/models/$shapes/versions/1",
        expect={"model_version_status": [version(1)]},
    ),
    RestCase(
        "status of one version with leading zeros",
        "http_rest_api_util.cc, ParseModelInfo",
        "/v1/models/$shapes/versions/0001",
        expect={"model_version_status": [version(1)]},
    ),
    # A label in the path is read, but the status is looked up by name and version only.
    RestCase("status by label lists all versions", STATUS, "/v1/models/$shapes/labels/stable", expect=BOTH),
    RestCase("status by unknown label lists all versions", STATUS, "/v1/models/$shapes/labels/none", expect=BOTH),
    RestCase(
        "status of an unknown model",
        STATUS,
        "/v1/models/nosuch",
        status=404,
        error="Could not find any versions of model nosuch",
    ),
    RestCase(
        "status of an unknown version",
        STATUS,
        "/v1/models/$shapes/versions/9",
        status=404,
        error="Could not find version 9 of model $shapes",
    ),
    RestCase(
        "status of version 0", STATUS, "/v1/models/$shapes/versions/0", status=404, error="Could not find version 0"
    ),
    RestCase(
        "status of an unknown version of an unknown model",
        STATUS,
        "/v1/models/nosuch/versions/1",
        status=404,
        error="Could not find version 1 of model nosuch",
    ),
    RestCase("status without a name", NO_NAME, "/v1/models", status=400, error="Missing model name in request"),
    RestCase(
        "status names are case-sensitive",
        STATUS,
        "/v1/models/NoSuch",
        status=404,
        error="Could not find any versions of model NoSuch",
    ),
    RestCase(
        "status version is a string of digits",
        "get_model_status.proto, ModelVersionStatus (int64 in proto3's JSON)",
        "/v1/models/$shapes/versions/2",
        text=r'"version":\s*"2"',
        expect=Including({"model_version_status": [Including({"version": matching("^2$")})]}),
    ),
]
