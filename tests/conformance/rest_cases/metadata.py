"""`GET /v1/models/NAME[/versions/V|/labels/L]/metadata`: the signatures."""

from tests.conformance.matchers import Including, matching
from tests.conformance.rest_case import RestCase

METADATA = "get_model_metadata_impl.cc, SavedModelGetSignatureDef"
SPEC = "server_core.cc, ServableRequestFromModelSpec"
LABEL = "server_core.cc, GetModelVersionForLabel"
HANDLER_TEST = "http_rest_api_handler_test.cc, GetModelMetadata"
TO_JSON = "http_rest_api_util.cc, ToJsonString(GetModelMetadataResponse)"
NOT_FOUND = "basic_manager.cc, ServingMap::GetUntypedServableHandle"


def tensor(dtype: str, *sizes: str) -> Including:
    """A tensor's description; sizes are strings, as proto3's JSON writes 64-bit numbers."""
    dim = [Including({"size": size}) for size in sizes]
    shape = Including({"dim": dim, "unknown_rank": False})
    return Including({"dtype": dtype, "tensor_shape": shape, "name": matching(r".:\d+$")})


def answer(model: str, version: str, **signatures: Including) -> dict:
    """The whole answer, of which the given signatures are looked at."""
    return {
        "model_spec": Including({"name": model, "version": version, "signature_name": ""}),
        # The key stands there twice: once for the kind of metadata, once for the map's only field.
        "metadata": {"signature_def": {"signature_def": Including(signatures)}},
    }


HALF_PLUS = Including(
    {
        "inputs": {"x": tensor("DT_FLOAT", "-1")},
        "outputs": {"y": tensor("DT_FLOAT", "-1")},
        "method_name": "tensorflow/serving/predict",
    }
)
KINDS = Including(
    {
        "inputs": {
            "decimal": tensor("DT_FLOAT", "-1", "2"),
            "whole": tensor("DT_INT32", "-1"),
            "long": tensor("DT_INT64", "-1"),
            "flag": tensor("DT_BOOL", "-1"),
            "text": tensor("DT_STRING", "-1"),
        }
    }
)
ANY_RANK = Including({"tensor_shape": Including({"dim": [], "unknown_rank": True}), "dtype": "DT_FLOAT"})

CASES = [
    RestCase(
        "metadata of the newest version",
        HANDLER_TEST,
        "/v1/models/$shapes/metadata",
        expect=answer("$shapes", "2", serving_default=HALF_PLUS),
    ),
    RestCase(
        "metadata of one version",
        METADATA,
        "/v1/models/$shapes/versions/1/metadata",
        expect=answer("$shapes", "1", serving_default=HALF_PLUS),
    ),
    RestCase(
        "metadata by label",
        "RESTful API, Model Metadata API",
        "/v1/models/$shapes/labels/stable/metadata",
        expect=answer("$shapes", "1"),
    ),
    RestCase(
        "metadata of several inputs and types",
        TO_JSON,
        "/v1/models/$shapes/metadata",
        expect=answer("$shapes", "2", kinds=KINDS),
    ),
    RestCase(
        "metadata of unknown rank",
        TO_JSON,
        "/v1/models/$shapes/metadata",
        expect=answer("$shapes", "2", echo_float=Including({"inputs": {"x": ANY_RANK}})),
    ),
    RestCase(
        "metadata of a scalar",
        TO_JSON,
        "/v1/models/$shapes/metadata",
        expect=answer("$shapes", "2", scaled=Including({"inputs": Including({"factor": tensor("DT_FLOAT")})})),
    ),
    RestCase(
        "metadata of a text model",
        METADATA,
        "/v1/models/$dates/metadata",
        expect=answer("$dates", "1", serving_default=Including({"inputs": {"text": tensor("DT_STRING", "-1")}})),
    ),
    RestCase(
        "metadata of an unknown model",
        NOT_FOUND,
        "/v1/models/nosuch/metadata",
        status=404,
        error="Servable not found for request: Latest(nosuch)",
    ),
    RestCase(
        "metadata of an unknown version",
        NOT_FOUND,
        "/v1/models/$shapes/versions/9/metadata",
        status=404,
        error="Servable not found for request: Specific($shapes, 9)",
    ),
    RestCase(
        "metadata by unknown label",
        LABEL,
        "/v1/models/$shapes/labels/none/metadata",
        status=400,
        error="Unrecognized servable version label: none",
    ),
]
