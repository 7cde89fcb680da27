"""Model directories: saved, loaded, damaged."""

import json
import shutil
import zipfile

import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.translator import Translator

TEXTS = ["the cat", "", "3 dogs sat", "Ä\U0001f600"]


def told(answers):
    return [(answer.text, answer.tokens, answer.source_tokens) for answer in answers]


@pytest.fixture
def copy(tiny_directory, tmp_path):
    """A model directory that a test may break."""
    return shutil.copytree(tiny_directory, tmp_path / "copy")


@pytest.mark.parametrize("which", ["tiny", "pieces"])
def test_saved_and_loaded(which, request, tmp_path):
    translator = request.getfixturevalue(which)
    translator.save(tmp_path / "model")
    loaded = Translator.load(str(tmp_path / "model"))
    for name in ("name", "description", "examples", "max_source_tokens", "target_length", "parameters",
                 "weights_dtype"):
        assert getattr(loaded, name) == getattr(translator, name), name
    for before, after in zip(translator.model.weights, loaded.model.weights, strict=True):
        np.testing.assert_array_equal(before, after)
    answers, expected = loaded(TEXTS), translator(TEXTS)
    assert told(answers) == told(expected)
    assert [answer.log_prob for answer in answers] == [answer.log_prob for answer in expected]
    assert loaded.config["name"] == which


def test_rounded_once_to_float16(copy):
    translator = Translator.load(copy)
    full = [np.asarray(variable).copy() for variable in translator.model.weights]
    size = (copy / "weights.npz").stat().st_size
    translator.save(copy, dtype="float16")
    assert (copy / "weights.npz").stat().st_size < 0.7 * size
    loaded = Translator.load(copy)
    assert loaded.weights_dtype == translator.weights_dtype == "float16"
    for exact, here, there in zip(full, translator.model.weights, loaded.model.weights, strict=True):
        np.testing.assert_array_equal(here, exact.astype("float16").astype("float32"))
        np.testing.assert_array_equal(here, there)
    assert told(loaded(TEXTS)) == told(translator(TEXTS))
    loaded.save(copy)  # stays what it is
    assert Translator.load(copy).weights_dtype == "float16"


def test_other_types_of_weights_are_refused(copy):
    with pytest.raises(UserError, match="Expected 'float32' or 'float16'"):
        Translator.load(copy).save(copy, dtype="int8")


def test_a_configuration_that_is_there_is_kept(tiny, tmp_path):
    (tmp_path / "config.yaml").write_text("name: mine\n")
    tiny.save(tmp_path)
    assert Translator.load(tmp_path).config == {"name": "mine"}


def weights_of_another_model(path):
    with np.load(path / "weights.npz") as archive:
        arrays = dict(archive)
    arrays[next(iter(arrays))] = np.zeros((3, 3), "float32")
    np.savez(path / "weights.npz", **arrays)


def missing_weights(path):
    source = zipfile.ZipFile(path / "weights.npz")
    with zipfile.ZipFile(path / "part.npz", "w") as part:
        for name in source.namelist()[:-1]:
            part.writestr(name, source.read(name))
    (path / "part.npz").replace(path / "weights.npz")


def changed(path, **values):
    described = json.loads((path / "model.json").read_text())
    (path / "model.json").write_text(json.dumps({**described, **values}))


def longer_vocabulary(path):
    path = path / "source" / "vocabulary.json"
    path.write_text(json.dumps([*json.loads(path.read_text()), "ж"]))


DAMAGES = {
    "weights cut short": lambda path: cut(path / "weights.npz", 0.6),
    "weights cut very short": lambda path: cut(path / "weights.npz", 0),
    "weights of noise": lambda path: (path / "weights.npz").write_bytes(b"noise" * 1000),
    "weights with a wrong byte": lambda path: flip(path / "weights.npz"),
    "no weights": lambda path: (path / "weights.npz").unlink(),
    "a directory of weights": lambda path: ((path / "weights.npz").unlink(), (path / "weights.npz").mkdir()),
    "weights of another model": weights_of_another_model,
    "missing weights": missing_weights,
    "model.json cut short": lambda path: cut(path / "model.json", 0.5),
    "model.json empty": lambda path: cut(path / "model.json", 0),
    "model.json a list": lambda path: (path / "model.json").write_text("[]"),
    "model.json not text": lambda path: (path / "model.json").write_bytes(b"\xff\xfe"),
    "no network": lambda path: changed(path, network=None),
    "an empty network": lambda path: changed(path, network={}),
    "another network": lambda path: changed(path, network={"class_name": "Dense", "module": "keras.layers",
                                                           "config": {"units": 3}, "registered_name": None}),
    "an unknown network": lambda path: changed(path, network={"class_name": "X", "module": "keras_s2s.none",
                                                              "config": {}, "registered_name": "keras_s2s>X"}),
    "a later format": lambda path: changed(path, format_version=2),
    "no tokenizer": lambda path: shutil.rmtree(path / "target"),
    "another vocabulary": longer_vocabulary,
    "config.yaml not YAML": lambda path: (path / "config.yaml").write_text("a: [b\n c: {"),
    "config.yaml of nothing": lambda path: (path / "config.yaml").write_text("- 3"),
}


def cut(path, part):
    data = path.read_bytes()
    path.write_bytes(data[:int(len(data) * part)])


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes(data)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged(copy, damage):
    damage(copy)
    with pytest.raises(UserError) as caught:
        Translator.load(copy)
    assert str(copy) in str(caught.value)
    assert len(str(caught.value).splitlines()) >= 3


@pytest.mark.parametrize("make, message", [
    (lambda path: path / "none", "There is no model"),
    (lambda path: path, "There is no model in"),
    (lambda path: (path / "model.json").write_text("{}") and path / "model.json", "is a file"),
])
def test_no_model(tmp_path, make, message):
    with pytest.raises(UserError, match=message):
        Translator.load(make(tmp_path))
