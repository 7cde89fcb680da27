"""A text model of the project under the same interface."""

from tests.conformance.matchers import Including, between, listing, matching, near, starting
from tests.conformance.rest_case import RestCase, as_bytes, predict, refused

ROWS = "json_tensor.cc, FillTensorMapFromInstancesList"
COLUMNS = "json_tensor.cc, FillTensorMapFromInputsMap"
ANSWER = "json_tensor.cc, MakeRowFormatJsonFromTensors"
SCORE = between(-0.5, 0.0)


def day(iso: str) -> dict:
    """The answer to one text."""
    return {"translation": iso, "score": SCORE}


def case(name: str, origin: str, body: object, **fields) -> RestCase:
    """A case of the model `dates`."""
    return predict(name, origin, as_bytes(body), "$dates", **fields)


CASES: list[RestCase] = [
    case("dates in rows", ROWS, {"instances": ["March 3rd, 1999"]}, expect={"predictions": [day("1999-03-03")]}),
    case(
        "dates in rows of objects",
        ROWS,
        {"instances": [{"text": "2. Februar 2024"}, {"text": "2020年5月17日"}]},
        expect={"predictions": [day("2024-02-02"), day("2020-05-17")]},
    ),
    case(
        "dates in columns",
        COLUMNS,
        {"inputs": {"text": ["12/05/2031", "5 mai 2001"]}},
        expect={"outputs": {"translation": ["2031-05-12", "2001-05-05"], "score": listing(2, SCORE)}},
    ),
    case(
        "dates in base64",
        "json_tensor.cc, JsonDecodeBase64Object",
        {"instances": [{"b64": "NSBtYWkgMjAwMQ=="}]},
        expect={"predictions": [day("2001-05-05")]},
    ),
    case(
        "dates of an empty text",
        ANSWER,
        {"instances": [""]},
        expect={"predictions": [{"translation": "", "score": near(0.0)}]},
    ),
    case(
        "dates of bytes that are no UTF-8",
        "json_tensor.cc, ParseJson (RapidJSON without encoding validation)",
        b'{"instances": ["\xff\xfe"]}',
        expect={"predictions": listing(1, Including({"translation": matching("")}))},
    ),
    case(
        "dates of texts long and short together",
        ANSWER,
        {"instances": ["5 mai 2001", "March 3rd, 1999 " * 200]},
        expect={"predictions": starting(Including({"translation": "2001-05-05"}), Including({}))},
    ),
    case(
        "dates explained",
        ANSWER,
        {"signature_name": "explain", "instances": ["12/05/2031"]},
        expect={
            "predictions": [
                Including(
                    {
                        "translation": "2031-05-12",
                        "target_tokens": [*"2031-05-12", "</s>"],
                        "source_tokens": [*"12/05/2031", "</s>"],
                        "attention": listing(11, listing(11, between(0.0, 1.0))),
                    }
                )
            ]
        },
    ),
    case(
        "dates scored",
        ANSWER,
        {"signature_name": "score", "instances": [{"source": "5 mai 2001", "target": "2001-05-05"}]},
        expect={"predictions": [Including({"log_prob": SCORE})]},
    ),
    case(
        "dates with a beam",
        ANSWER,
        {"signature_name": "nbest", "instances": [{"text": "5 mai 2001", "beam_size": 3}]},
        expect={"predictions": [Including({"translations": starting("2001-05-05")})]},
    ),
    refused(
        "dates of numbers",
        "json_tensor.cc, AddValueToTensor",
        {"instances": [5]},
        "is not of expected type: string",
        model="$dates",
    ),
    refused(
        "dates with a beam that is no whole number",
        "json_tensor.cc, AddValueToTensor",
        {"signature_name": "nbest", "instances": [{"text": "5 mai 2001", "beam_size": 2.5}]},
        "is not of expected type: int32",
        model="$dates",
    ),
    refused(
        "dates without a signature of that name",
        "http_rest_api_handler.cc, GetInfoMap",
        {"signature_name": "none", "instances": ["a"]},
        "not found in signature def",
        model="$dates",
    ),
]
