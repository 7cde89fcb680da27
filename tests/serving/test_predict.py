"""`:predict`: row format, column format, base64, types."""

import base64
import gzip
import json
import math

import pytest


def b64(data):
    return {"b64": base64.b64encode(data).decode()}


def test_rows_of_plain_values(predict):
    status, answer = predict({"instances": ["ab", "é ü"]})
    assert status == 200
    assert answer == {
        "predictions": [
            {"score": -0.2, "translation": "AB"},
            {"score": pytest.approx(-0.3), "translation": "É Ü"},
        ]
    }


def test_rows_of_objects_give_the_same(predict):
    plain = predict({"instances": ["ab", "c"]})
    assert predict({"instances": [{"text": "ab"}, {"text": "c"}]}) == plain


def test_columns(predict):
    expected = (200, {"outputs": {"score": [-0.2, -0.1], "translation": ["AB", "C"]}})
    assert predict({"inputs": {"text": ["ab", "c"]}}) == expected
    assert predict({"inputs": ["ab", "c"]}) == expected


def test_columns_ignore_names_that_the_signature_lacks(predict):
    assert predict({"inputs": {"text": ["a"], "nonsense": 3}})[0] == 200


def test_a_single_output_comes_without_its_name(predict):
    body = {"signature_name": "score", "instances": [{"source": "ab", "target": "c"}]}
    assert predict(body) == (200, {"predictions": [-3.0]})
    body = {"signature_name": "score", "inputs": {"source": ["ab", "a"], "target": ["c", ""]}}
    assert predict(body) == (200, {"outputs": [-3.0, -1.0]})


def test_padded_outputs_of_several_axes(predict):
    status, answer = predict({"signature_name": "explain", "instances": ["ab", "c", ""]})
    assert status == 200
    assert [row["target_tokens"] for row in answer["predictions"]] == [["a", "b"], ["c", ""], ["", ""]]
    assert answer["predictions"][0]["attention"] == [[1.0, 0.0], [0.0, 1.0]]
    columns = predict({"signature_name": "explain", "inputs": ["ab", "c", ""]})[1]["outputs"]
    assert columns["target_tokens"] == [["a", "b"], ["c", ""], ["", ""]]
    assert len(columns["attention"]) == 3


def test_float32_is_written_with_its_own_digits(client):
    text = client.post("/v1/models/toy:predict", content='{"instances": ["ab"]}').text
    assert '"score":-0.2' in text
    assert "-0.200000" not in text


def test_text_is_written_as_utf_8_and_not_escaped(client):
    assert "ÄÖ 🎉 中" in client.post("/v1/models/toy:predict", json={"instances": ["äö 🎉 中"]}).text


@pytest.mark.parametrize(
    "spelling", [lambda s: s, lambda s: s.rstrip("="), lambda s: f" {s[:2]}\n{s[2:]} "]
)
def test_base64_input(predict, spelling):
    data = "ü>?~ÿ".encode()
    body = {"signature_name": "raw", "instances": [{"b64": spelling(b64(data)["b64"])}]}
    assert predict(body) == (200, {"predictions": [{"length": len(data), "text_bytes": b64(data)}]})
    assert predict({"signature_name": "raw", "inputs": {"text": [body["instances"][0]]}})[1]["outputs"][
        "text_bytes"
    ] == [b64(data)]
    assert predict({"signature_name": "raw", "instances": [{"text": body["instances"][0]}]})[0] == 200


def test_bytes_that_are_no_utf_8_reach_the_graph(predict):
    status, answer = predict(b'{"signature_name": "raw", "instances": ["a\xff\xfe"]}')
    assert (status, answer["predictions"][0]["text_bytes"]) == (200, b64(b"a\xff\xfe"))
    status, answer = predict(b'{"instances": ["a\xff"]}')
    assert (status, answer["predictions"][0]["translation"]) == (200, "A\ufffd")


def test_body_with_byte_order_mark(predict):
    assert predict(b'\xef\xbb\xbf{"instances": ["a"]}')[0] == 200


def test_empty_text(predict):
    assert predict({"instances": [""]}) == (200, {"predictions": [{"score": 0.0, "translation": ""}]})


def test_numbers_and_truth_values(predict):
    row = {"ids": [1, -2], "factor": 0.5, "negate": False}
    body = {"signature_name": "numbers", "instances": [row, {**row, "factor": 2, "negate": True}]}
    assert predict(body) == (200, {"predictions": [[0.5, -1.0], [-2.0, 4.0]]})


def test_not_a_number_and_infinity_travel_as_in_tensorflow_serving(predict):
    text = (
        '{"signature_name": "numbers", "instances": [{"ids": [1, 0], "factor": Infinity, "negate": false}]}'
    )
    status, answer = predict(text)
    assert status == 200
    assert answer["predictions"][0][0] == math.inf
    assert math.isnan(answer["predictions"][0][1])


def test_a_scalar_output_is_for_columns_only(predict):
    assert predict({"signature_name": "summary", "inputs": ["a", "b"]}) == (
        200,
        {"outputs": {"rows": 2, "text": ["a", "b"]}},
    )
    status, answer = predict({"signature_name": "summary", "instances": ["a", "b"]})
    assert (status, "has no shape information" in answer["error"]) == (400, True)


def test_rows_may_be_none(predict):
    assert predict({"inputs": []}) == (200, {"outputs": {"score": [], "translation": []}})


def test_floats_take_any_number(predict):
    rows = [{"ids": [1, 1], "factor": factor, "negate": False} for factor in (16777217, 1e39, 2**40)]
    body = {"signature_name": "numbers", "instances": rows}
    assert predict(body)[1]["predictions"] == [[16777216.0] * 2, [math.inf] * 2, [pytest.approx(2.0**40)] * 2]


def test_of_equal_keys_the_first_counts(predict):
    assert predict('{"instances": ["a"], "instances": ["bb"]}')[1]["predictions"][0]["translation"] == "A"
    assert predict('{"instances": [{"text": "a", "text": "bb"}]}')[1]["predictions"][0]["translation"] == "A"
    assert predict('{"inputs": {"text": ["a"], "text": ["bb"]}}')[1]["outputs"]["translation"] == ["A"]


def test_what_follows_the_document_is_ignored(predict):
    assert predict('{"instances": ["a"]} and more')[0] == 200


def test_brackets_inside_texts_are_no_nesting(predict):
    for text in ("[" * 300 + "\\" + '"]{', "[" * 300 + "]" * 300, '\\"' * 200 + "{}" * 200):
        status, answer = predict({"instances": [text]})
        assert (status, answer["predictions"][0]["translation"]) == (200, text)


def test_types_that_json_lacks(predict):
    assert predict({"signature_name": "half", "inputs": [1.5]})[0] == 501
    assert predict({"signature_name": "half", "instances": [1.5]})[0] == 400  # as in TensorFlow Serving
    status, answer = predict({"signature_name": "halved", "instances": ["a"]})
    assert (status, "Failed to write JSON value for tensor type" in answer["error"]) == (400, True)


@pytest.mark.parametrize("damage, status", [(lambda data: data, 200), (lambda data: data[:-6], 400),
                                            (lambda data: b"", 400), (lambda data: b"nonsense", 400)])
def test_a_packed_body(client, damage, status):
    content = damage(gzip.compress(b'{"instances": ["ab"]}'))
    response = client.post("/v1/models/toy:predict", content=content, headers={"Content-Encoding": "gzip"})
    assert response.status_code == status
    if status == 400:
        assert "The document is empty" in response.json()["error"]


def test_a_packed_body_that_is_huge_unpacked(client):
    headers = {"Content-Encoding": "gzip"}
    response = client.post("/v1/models/toy:predict", content=gzip.compress(b" " * 10**7), headers=headers)
    assert response.status_code == 413
    headers["Content-Encoding"] = "br"
    assert client.post("/v1/models/toy:predict", content=b"x", headers=headers).status_code == 415


def test_most_rows_are_answered(predict):
    status, answer = predict({"instances": ["x" * i for i in range(16)]})
    assert status == 200
    assert [row["translation"] for row in answer["predictions"]] == ["X" * i for i in range(16)]


def test_many_at_once_do_not_mix(predict, in_threads):
    answers = in_threads(lambda i: predict({"instances": [f"t{i}"]}), 12)
    assert [json.dumps(answer) for _, answer in answers] == [
        json.dumps({"predictions": [{"score": answer["predictions"][0]["score"], "translation": f"T{i}"}]})
        for i, (_, answer) in enumerate(answers)
    ]
