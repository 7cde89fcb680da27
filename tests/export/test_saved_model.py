"""The SavedModel: its signatures, and the same answers where keras_s2s is not installed."""

import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest

from keras_s2s.decoding import Decoding
from keras_s2s.errors import UserError
from keras_s2s.saved_signatures import SavedSignatures
from keras_s2s.translator import Translator

TEXTS = ["the cat", "", "3 dogs sat", "the mat " * 30, "\U0001f600 日本 ?!", "Ä\tr\n", "dog on cat, mat"]
TARGETS = ["12-3", "", "4/5", "9" * 40, "die katze", "\U0001f600", "abc"]
PREFIXES = ["12", "3", "", "1x2", "d", "- /", "日本 1"]
WHICH = ["tiny", "pieces", "rounded"]

# Answers every signature for the texts, each on its own and all at once, in a process without the package.
PROGRAM = """
import json, sys
sys.modules["keras_s2s"] = None
import tensorflow as tf, tensorflow_text
given = json.load(sys.stdin)
found = {}
for name, path in given["paths"].items():
    loaded = tf.saved_model.load(path)
    signatures = loaded.signatures
    def run(signature, **given):
        rows = signatures[signature](**{key: tf.constant(value) for key, value in given.items()})
        return {key: value.numpy() for key, value in rows.items()}
    def plain(value):
        return [plain(item) for item in value] if isinstance(value, list) else (
            value.decode() if isinstance(value, bytes) else value)
    texts, targets = given["texts"], given["targets"]
    calls = {"serving_default": run("serving_default", text=texts), "explain": run("explain", text=texts),
             "score": run("score", source=texts, target=targets),
             "alone": run("explain", text=texts[:1]),
             "nbest": run("nbest", text=texts, beam_size=[4] * len(texts)),
             "prefix": run("prefix", text=texts, target_prefix=given["prefixes"]),
             "broken": run("explain", text=[b"ca\\xfft", b"\\xed\\xa0\\x80", b"cat\\x00"])}
    found[name] = {call: {key: plain(value.tolist()) for key, value in rows.items()} for call, rows in calls.items()}
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module")
def answers(exported, tmp_path_factory):
    """What each signature answers in a process that has TensorFlow and tensorflow-text only."""
    given = {"paths": {name: str(path) for name, path in exported.items()}, "texts": TEXTS, "targets": TARGETS,
             "prefixes": PREFIXES}
    done = subprocess.run([sys.executable, "-I", "-c", PROGRAM], input=json.dumps(given), capture_output=True,
                          text=True, cwd=tmp_path_factory.mktemp("elsewhere"),
                          env={**os.environ, "CUDA_VISIBLE_DEVICES": ""})
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_the_program_cannot_import_the_package():
    done = subprocess.run([sys.executable, "-I", "-c", PROGRAM.split("import tensorflow")[0] + "import keras_s2s"],
                          capture_output=True, text=True)
    assert "ModuleNotFoundError" in done.stderr


@pytest.mark.parametrize("which, signature", [
    *((which, "explain") for which in WHICH), ("tiny", "prefix"), ("pieces", "prefix")])
def test_explain_and_prefix_answer_as_python(which, signature, translators, answers):
    found = answers[which][signature]
    prefixes = PREFIXES if signature == "prefix" else None
    for row, expected in enumerate(translators[which](TEXTS, prefix=prefixes)):
        tokens, sources = len(expected.tokens), len(expected.source_tokens)
        assert found["translation"][row] == expected.text
        for name, real in (("target_tokens", expected.tokens), ("source_tokens", expected.source_tokens)):
            width = len(found[name][row])
            assert found[name][row] == real + [""] * (width - len(real))  # padding at the end
        np.testing.assert_allclose(found["token_log_probs"][row][:tokens], expected.token_log_probs, atol=1e-5)
        assert not any(found["token_log_probs"][row][tokens:])
        attention = np.array(found["attention"][row])
        np.testing.assert_allclose(attention[:tokens, :sources], expected.attention, atol=1e-5)
        assert not attention[tokens:].any()
        assert not attention[:, sources:].any()
        for name in ("score", "log_prob"):
            assert found[name][row] == pytest.approx(getattr(expected, name), abs=1e-4)


@pytest.mark.parametrize("which", WHICH)
def test_the_default_signature(which, answers):
    found = answers[which]
    assert found["serving_default"] == {name: found["explain"][name] for name in ("translation", "score")}
    assert (found["serving_default"]["translation"][1], found["serving_default"]["score"][1]) == ("", 0.0)


@pytest.mark.parametrize("which", WHICH)
def test_widths_depend_on_the_batch(which, answers):
    explain, alone = answers[which]["explain"], answers[which]["alone"]
    assert np.shape(explain["source_tokens"])[1] <= 41  # 40 are read at most, and the end
    assert np.shape(explain["attention"]) == (7, np.shape(explain["target_tokens"])[1],
                                              np.shape(explain["source_tokens"])[1])
    tokens = [token for token in explain["target_tokens"][0] if token]
    assert alone["target_tokens"][0] == tokens
    assert np.shape(alone["attention"])[2] == len(alone["source_tokens"][0])
    assert "" not in alone["source_tokens"][0]


@pytest.mark.parametrize("which", WHICH)
def test_scores(which, translators, answers):
    found = answers[which]["score"]
    for row, expected in enumerate(translators[which].score(TEXTS, TARGETS)):
        length = len(expected["token_log_probs"])
        assert found["log_prob"][row] == pytest.approx(expected["log_prob"], abs=1e-4)
        np.testing.assert_allclose(found["token_log_probs"][row][:length], expected["token_log_probs"], atol=1e-4)
        assert not any(found["token_log_probs"][row][length:])
        np.testing.assert_allclose(np.sum(found["attention"][row], axis=1) > 0.5, np.arange(
            len(found["attention"][row])) < length)


@pytest.mark.parametrize("which", WHICH)
def test_broken_bytes_raise_nothing(which, answers):
    sources = [[token for token in row if token] for row in answers[which]["broken"]["source_tokens"]]
    shown = ["".join(row[:-1]).replace("▁", "") for row in sources]
    assert shown[0] == "ca\ufffdt"
    assert set(shown[1]) == {"\ufffd"}
    assert shown[2] == "cat\0"


SIGNATURES = {
    "serving_default": ({"text"}, {"translation": ("string", 1), "score": ("float32", 1)}),
    "explain": ({"text"}, {"translation": ("string", 1), "score": ("float32", 1), "log_prob": ("float32", 1),
                           "target_tokens": ("string", 2), "token_log_probs": ("float32", 2),
                           "source_tokens": ("string", 2), "attention": ("float32", 3)}),
    "prefix": ({"text", "target_prefix"}, {
        "translation": ("string", 1), "score": ("float32", 1), "log_prob": ("float32", 1),
        "target_tokens": ("string", 2), "token_log_probs": ("float32", 2), "source_tokens": ("string", 2),
        "attention": ("float32", 3)}),
    "nbest": ({"text", "beam_size"}, {
        "translations": ("string", 2), "scores": ("float32", 2), "log_probs": ("float32", 2),
        "target_tokens": ("string", 3), "token_log_probs": ("float32", 3), "source_tokens": ("string", 2),
        "attention": ("float32", 4)}),
    "score": ({"source", "target"}, {"log_prob": ("float32", 1), "token_log_probs": ("float32", 2),
                                     "target_tokens": ("string", 2), "source_tokens": ("string", 2),
                                     "attention": ("float32", 3)}),
}


@pytest.mark.parametrize("which", WHICH)
def test_signatures_are_those_of_the_design(which, loaded):
    assert set(loaded[which].signatures) == set(SIGNATURES)
    for name, (inputs, outputs) in SIGNATURES.items():
        signature = loaded[which].signatures[name]
        _, specs = signature.structured_input_signature
        assert {key: (spec.dtype.name, spec.shape.as_list()) for key, spec in specs.items()} == {
            key: ("int32" if key == "beam_size" else "string", [None]) for key in inputs}
        assert {key: (spec.dtype.name, spec.shape.rank) for key, spec in signature.structured_outputs.items()
                } == outputs
        assert all(spec.shape[0] is None for spec in signature.structured_outputs.values())


def test_versions_are_counted(tiny, tmp_path):
    (tmp_path / "toy" / "7").mkdir(parents=True)
    (tmp_path / "toy" / "notes").mkdir()
    paths = [tiny.export_saved_model(tmp_path, name="toy"), tiny.export_saved_model(tmp_path)]
    assert paths == [tmp_path / "toy" / "8", tmp_path / "tiny" / "1"]
    assert sorted(path.name for path in (tmp_path / "toy").iterdir()) == ["7", "8", "notes"]
    shutil.rmtree(tmp_path / "toy" / "7")
    answer = Translator.load(tmp_path / "toy")("the cat")  # the newest version
    assert answer.tokens == tiny("the cat").tokens


@pytest.mark.parametrize("which", WHICH)
def test_loaded_as_a_translator(which, exported, translators):
    loaded = Translator.load(exported[which])
    assert loaded.name == which
    every = [{}] if which == "rounded" else [
        {}, {"prefix": PREFIXES}, {"beam_size": 4, "n_best": 4}, {"beam_size": 4, "n_best": 2}]
    for options in every:
        for answer, expected in zip(loaded(TEXTS, **options), translators[which](TEXTS, **options), strict=True):
            for one, other in zip([answer, *answer.n_best], [expected, *expected.n_best], strict=True):
                assert (one.text, one.tokens, one.source_tokens) == (other.text, other.tokens, other.source_tokens)
                assert one.score == pytest.approx(other.score, abs=1e-4)
                np.testing.assert_allclose(one.attention, other.attention, atol=1e-4)
    scored = loaded.score("the cat", "12")
    assert scored["log_prob"] == pytest.approx(translators[which].score("the cat", "12")["log_prob"], abs=1e-4)
    for use in (lambda: loaded.export_saved_model("x"), lambda: loaded.export_tfjs("x"), lambda: loaded.save("x"),
                lambda: loaded.parameters):
        with pytest.raises(UserError, match="SavedModel cannot be"):
            use()


def test_rounded_weights_are_stored_small(exported):
    def variables(path):
        return sum(file.stat().st_size for file in (path / "variables").iterdir())

    assert variables(exported["rounded"]) < 0.75 * variables(exported["tiny"])


@pytest.mark.parametrize("damage", ["saved_model.pb", "variables/variables.index"])
def test_a_damaged_export(exported, tmp_path, damage):
    path = shutil.copytree(exported["tiny"], tmp_path / "1")
    (path / damage).write_bytes((path / damage).read_bytes()[:40])
    with pytest.raises(UserError, match=r"SavedModel in .* cannot be loaded"):
        Translator.load(path)


@pytest.mark.parametrize("options", [
    {"beam_size": 4, "alpha": 0.6}, {"beam_size": 4, "minimum_bayes_risk": True}, {"samples": 4, "n_best": 2},
    {"beam_size": 101}, {"unknown": "replace"}, {"max_length": 5}, {"jit_compile": True},
    {"prefix": "1", "beam_size": 2}])
def test_what_no_signature_is_for(options):
    with pytest.raises(UserError, match="no signature for") as caught:
        SavedSignatures.function(None, Decoding(**{name: options[name] for name in options if name != "prefix"}),
                                 "prefix" in options)
    assert "model directory" in caught.value.fix
