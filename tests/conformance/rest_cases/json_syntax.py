"""What counts as JSON: TensorFlow Serving reads bodies with RapidJSON 1.1 and some of its options."""

from tests.conformance.rest_case import RestCase, predict, refused

PARSE = "json_tensor.cc, ParseJson"
FLAGS = "json_tensor.cc, ParseJson (kParseStopWhenDoneFlag)"
SIGNATURE = "json_tensor.cc, FillSignature"
FIND = "json_tensor.cc, FillPredictRequestFromJson (FindMember finds the first)"
HANDLER_TEST = "http_rest_api_handler_test.cc, PredictRequestErrors"
DEFAULT = {"predictions": [4.0]}


def broken(name: str, body: str | bytes, origin: str = PARSE) -> RestCase:
    """A body that is no JSON."""
    return refused(name, origin, body, "JSON Parse error")


CASES: list[RestCase] = [
    refused("no body", HANDLER_TEST, b"", "JSON Parse error: The document is empty"),
    broken("no JSON", "instances = [1, 2]", HANDLER_TEST),
    broken("body of blanks", "  \n "),
    broken("body that is cut off", '{"instances": [1'),
    broken("comma at the end of a list", '{"instances": [1,]}'),
    broken("comma at the end of an object", '{"instances": [1],}'),
    broken("comma missing", '{"instances": [1 2]}'),
    broken("name without quotes", "{instances: [1]}"),
    broken("single quotes", "{'instances': [1]}"),
    broken("comment before", '/* a */ {"instances": [1]}'),
    broken("comment inside", '{"instances": [1 // one\n]}'),
    broken("line end in a text", '{"signature_name": "a\nb", "instances": [1]}'),
    broken("unknown escape", '{"signature_name": "\\x41", "instances": [1]}'),
    refused("high surrogate alone", PARSE, '{"signature_name": "echo_text", "instances": ["\\ud83d"]}', "surrogate"),
    refused(
        "high surrogate before a letter",
        PARSE,
        '{"signature_name": "echo_text", "instances": ["\\ud83d\\u0041"]}',
        "surrogate",
    ),
    broken("capital True", '{"signature_name": "echo_bool", "instances": [True]}'),
    broken("body in UTF-16", '{"instances": [1]}'.encode("utf-16")),
    refused("body that is a list", PARSE, "[1, 2]", "Is not object"),
    refused("body that is a text", PARSE, '"instances"', "Is not object"),
    refused("body that is null", PARSE, "null", "Is not object"),
    refused("body that is a number", PARSE, "1", "Is not object"),
    predict("text after the body is ignored", FLAGS, '{"instances": [2.0]} and more', expect=DEFAULT),
    predict("second object after the body is ignored", FLAGS, '{"instances": [2.0]}{"instances": 1}', expect=DEFAULT),
    predict(
        "byte order mark",
        "json_tensor.cc, ParseJson (EncodedInputStream)",
        b'\xef\xbb\xbf{"instances": [2.0]}',
        expect=DEFAULT,
    ),
    predict("blanks everywhere", PARSE, '\r\n\t { "instances"\t:\n[ 2.0 ] } \n', expect=DEFAULT),
    predict("unknown keys are ignored", FIND, {"instances": [2.0], "parameters": {"a": [None]}}, expect=DEFAULT),
    predict("first of two instances counts", FIND, '{"instances": [2.0], "instances": [9.0]}', expect=DEFAULT),
    predict(
        "first of two signature names counts",
        SIGNATURE,
        '{"signature_name": "echo_float", "signature_name": "nosuch", "instances": [2.0]}',
        expect={"predictions": [2.0]},
    ),
    predict("first of two columns counts", FIND, '{"inputs": {"x": [2.0], "x": [9.0]}}', expect={"outputs": [4.0]}),
    predict(
        "first of two inputs in a row counts",
        "json_tensor.cc, AddInstanceItem (adds both values); tensor.cc, FromProto (takes as many as the shape has)",
        '{"instances": [{"x": 2.0, "x": 9.0}]}',
        expect=DEFAULT,
    ),
    predict("escaped names of keys", PARSE, '{"\\u0069nstances": [2.0]}', expect=DEFAULT),
    predict(
        "a hundred levels under an unknown key",
        "json_tensor_test.cc, DeeplyNestedWellFormed",
        '{"instances": [2.0], "nested": ' + "[" * 100 + "]" * 100 + "}",
        expect=DEFAULT,
    ),
    refused(
        "a hundred levels under signature_name",
        "json_tensor_test.cc, DeeplyNestedMalformed",
        '{"signature_name": ' + "[" * 100 + "]" * 100 + "}",
        "key must be a string value",
    ),
    refused("signature_name that is a number", HANDLER_TEST, {"signature_name": 100}, "must be a string value"),
    refused(
        "signature_name that is null", SIGNATURE, {"signature_name": None, "instances": [1]}, "must be a string value"
    ),
    refused(
        "bad JSON before an unknown model",
        "http_rest_api_handler.cc, ProcessPredictRequest",
        "{",
        "JSON Parse error",
        model="nosuch",
    ),
]
