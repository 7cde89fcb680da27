"""The requests that TensorFlow Serving answers for itself when it loads an export."""

import sys

import numpy as np
import pytest
import tensorflow as tf
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

from keras_s2s.export.warm_up import WARM_UP_FILE, write_warm_up

SIGNATURES = ["serving_default", "explain", "nbest", "prefix", "score"]
BOTH = pytest.mark.parametrize("which", ["tiny", "pieces"])


def requests(path):
    """`[(PredictRequest, {input: list}), ...]` of a version directory, strings as such."""
    found = []
    for record in tf.data.TFRecordDataset(str(path / WARM_UP_FILE)).as_numpy_iterator():
        log = PredictionLog.FromString(record)
        assert log.WhichOneof("log_type") == "predict_log"
        request = log.predict_log.request
        values = {name: tf.make_ndarray(tensor).tolist() for name, tensor in request.inputs.items()}
        found.append((request, {name: [value.decode() if isinstance(value, bytes) else value for value in column]
                                for name, column in values.items()}))
    return found


@BOTH
def test_each_signature_has_short_rows_batches_and_long_rows(which, exported, translators):
    found = requests(exported[which])
    assert {request.model_spec.name for request, _ in found} == {which}
    assert [request.model_spec.signature_name for request, _ in found] == SIGNATURES * 3
    sizes = [{len(column) for column in columns.values()} for _, columns in found]
    assert sizes == [{1}] * 5 + [{2}] * 5 + [{1}] * 5
    texts = [columns.get("text", columns.get("source")) for _, columns in found]
    assert texts[0:10:5] == [["3 dogs"], ["the cat", "3 dogs"]]
    assert len(texts[10][0]) == translators[which].max_source_tokens == 40
    assert texts[10][0].startswith("the cat 3 dogs the cat")


@BOTH
def test_every_request_runs_and_gives_what_python_gives(which, exported, loaded, translators):
    translate = translators[which]
    for request, columns in requests(exported[which]):
        signature = request.model_spec.signature_name
        specs = loaded[which].signatures[signature].structured_input_signature[1]
        given = {name: tf.constant(tf.make_ndarray(tensor)) for name, tensor in request.inputs.items()}
        assert {name: value.dtype for name, value in given.items()} == {
            name: spec.dtype for name, spec in specs.items()}
        answers = {name: value.numpy() for name, value in loaded[which].signatures[signature](**given).items()}
        if signature == "score":
            expected = translate.score(columns["source"], columns["target"])
            assert answers["log_prob"] == pytest.approx([one["log_prob"] for one in expected], abs=1e-4)
            continue
        if signature == "nbest":
            expected = translate(columns["text"], beam_size=5, n_best=5)
            for texts, one in zip(answers["translations"], expected, strict=True):
                assert [text.decode() for text in texts][:len(one.n_best)] == [other.text for other in one.n_best]
            continue
        expected = translate(columns["text"], prefix=columns.get("target_prefix"))
        assert [text.decode() for text in answers["translation"]] == [one.text for one in expected]
        assert answers["score"] == pytest.approx([one.score for one in expected], abs=1e-4)
        if signature == "explain":
            for row, one in zip(answers["attention"], expected, strict=True):
                np.testing.assert_allclose(row[:len(one.tokens), :len(one.source_tokens)], one.attention, atol=1e-4)


def test_prefixes_and_targets_are_real(exported):
    found = {request.model_spec.signature_name: columns for request, columns in requests(exported["pieces"])[5:10]}
    assert any(found["prefix"]["target_prefix"])
    for target, prefix in zip(found["score"]["target"], found["prefix"]["target_prefix"], strict=True):
        assert target.startswith(prefix)
        assert len(prefix) == len(target) // 2


def test_without_the_package_nothing_is_written(monkeypatch, capsys, tmp_path):
    monkeypatch.setitem(sys.modules, "tensorflow_serving.apis", None)
    assert write_warm_up(tmp_path, {}, "toy", [], 40) is None
    assert list(tmp_path.iterdir()) == []
    out, error = capsys.readouterr()
    assert out == ""
    assert "No warm-up requests" in error
    assert "keras-s2s[serving]" in error


def test_a_model_without_examples(tmp_path):
    def explain(text):
        return {"translation": tf.strings.upper(text)}

    path = write_warm_up(tmp_path, {"explain": explain}, "toy", [], 10)
    assert path == tmp_path / WARM_UP_FILE
    assert [columns["text"] for _, columns in requests(tmp_path)[::5]] == [["text"], ["text"], ["text text "]]
