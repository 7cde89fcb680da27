import json
import shutil

import numpy as np
import pytest

from keras_s2s.averaging import average_models
from keras_s2s.errors import UserError
from keras_s2s.translator import Translator


@pytest.fixture(scope="module")
def directories(tiny_directory, tmp_path_factory):
    """Three models of one network: one as it is, two with other weights, the last rounded to float16."""
    folder = tmp_path_factory.mktemp("averaged")
    chance = np.random.default_rng(3)
    for name in ("second", "third"):
        translator = Translator.load(tiny_directory)
        for variable in translator.model.weights:
            variable.assign(chance.normal(0, 0.7, variable.shape))
        translator.name, translator.max_source_tokens = name, 7
        translator.save(folder / name, dtype="float16" if name == "third" else "float32")
    return [tiny_directory, folder / "second", folder / "third"]


def arrays(directory):
    with np.load(directory / "weights.npz") as archive:
        return [archive[name] for name in archive.files]


def test_the_mean_of_every_weight(directories, tiny, tmp_path):
    averaged = average_models([str(directories[0]), *directories[1:]])
    averaged.save(tmp_path / "mean")
    found = arrays(tmp_path / "mean")
    for mean, *given in zip(found, *map(arrays, directories), strict=True):
        assert mean.dtype == np.float32
        np.testing.assert_array_equal(mean, np.mean(np.array(given, np.float64), axis=0).astype(np.float32))
    assert (averaged.name, averaged.max_source_tokens) == (tiny.name, tiny.max_source_tokens)
    assert averaged("the cat").tokens != tiny("the cat").tokens
    assert str(Translator.load(tmp_path / "mean")("the cat")) == str(averaged("the cat"))


def test_sums_in_double_precision(tiny_directory, tmp_path):
    """In float32 the small weights would be lost beside the large ones, which cancel out."""
    for name, value in (("large", 2.0**25), ("one", 3.0), ("opposite", -2.0**25)):
        translator = Translator.load(tiny_directory)
        for variable in translator.model.weights:
            variable.assign(np.full(variable.shape, value))
        translator.save(tmp_path / name)
    averaged = average_models([tmp_path / name for name in ("large", "one", "opposite")])
    for variable in averaged.model.weights:
        np.testing.assert_array_equal(variable, np.ones(variable.shape))


@pytest.fixture
def copy(tiny_directory, tmp_path):
    return shutil.copytree(tiny_directory, tmp_path / "copy")


def changed(path, change):
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content), encoding="utf-8")


def set_option(option, value):
    *parts, last = option.split(".")

    def change(described):
        layer = described["network"]["config"]
        for part in parts:
            layer = layer[part]["config"]
        layer[last] = value

    return lambda directory: changed(directory / "model.json", change)


def swap(vocabulary):
    vocabulary[4], vocabulary[5] = vocabulary[5], vocabulary[4]


@pytest.mark.parametrize("change, message", [
    (set_option("decoder.dropout", 0.5), r"decoder.dropout is 0.0 in .*tiny and 0.5 in .*copy\nExpected models"),
    (set_option("decoder.attention.dtype.name", "mixed_bfloat16"), "decoder.attention.dtype.name is float32"),
    (lambda directory: changed(directory / "target" / "vocabulary.json", swap),
     "target tokenizers of .*tiny and .*copy differ in their vocabulary"),
    (lambda directory: changed(directory / "source" / "tokenizer.json",
                               lambda described: described["config"].update(lowercase=True)),
     "source tokenizers of .* differ in their normalization"),
], ids=range(4))
def test_other_models_are_refused(copy, tiny_directory, change, message):
    change(copy)
    with pytest.raises(UserError, match=message):
        average_models([tiny_directory, copy])


def test_another_kind_of_network(tiny_directory, pieces, tmp_path):
    pieces.save(tmp_path / "pieces")
    with pytest.raises(UserError, match="vocabulary_size is"):
        average_models([tiny_directory, tmp_path / "pieces"])


def test_names_of_layers_do_not_matter(copy, tiny_directory):
    set_option("decoder.name", "another")(copy)
    averaged = average_models([tiny_directory, copy])
    for before, after in zip(Translator.load(copy).model.weights, averaged.model.weights, strict=True):
        np.testing.assert_array_equal(before, after)


def test_what_is_no_list_of_models(tiny_directory, tmp_path):
    (tmp_path / "saved_model.pb").write_bytes(b"")
    for given, message in (([], "0 models"), ([tiny_directory], "1 model to"), (str(tiny_directory), "1 model to"),
                           ([tiny_directory, tmp_path], "exported SavedModel"),
                           ([tiny_directory, tmp_path / "none"], "no model")):
        with pytest.raises(UserError, match=message):
            average_models(given)
