"""Pretrained vectors from a file to the embeddings of a trained model."""

import json

import keras
import numpy as np
import pytest

from keras_s2s.config import load_config, smoke
from keras_s2s.data.split import read_split
from keras_s2s.errors import UserError
from keras_s2s.text.vectors import Vectors
from keras_s2s.training.pretrained import put_vectors, vectors_fitted
from keras_s2s.training.recipe import train
from keras_s2s.translator import Translator
from tests.training.conftest import OPTIONS

LETTERS = "abcdxyz0123456789"


@pytest.fixture
def put(tmp_path):
    """Writes vectors of so many numbers for all letters of the pairs but two."""

    def write(width, name="vectors.txt"):
        lines = [" ".join([letter, *(str(ord(letter) / 100 + place) for place in range(width))])
                 for letter in LETTERS if letter not in "ax"]  # fmt: skip
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n")
        return path

    return write


def refused(function, *arguments, **named) -> UserError:
    with pytest.raises(UserError) as caught:
        function(*arguments, **named)
    assert caught.value.fix
    return caught.value


def with_vectors(*overrides):
    return load_config("characters", overrides)


def test_embeddings_become_as_wide_as_the_vectors(put):
    five, six = put(5, "five"), put(6, "six")
    assert vectors_fitted(with_vectors()) == with_vectors()
    assert vectors_fitted(with_vectors(f"source.vectors={five}")).model.embedding_units == 5
    both = (f"source.vectors={five}", f"target.vectors={five}")
    assert vectors_fitted(with_vectors(*both, "model.embedding_units=5")).model.embedding_units == 5
    assert vectors_fitted(smoke(with_vectors(f"target.vectors={six}"))).model.embedding_units == 6
    error = refused(vectors_fitted, with_vectors(f"target.vectors={six}", "model.embedding_units=5"))
    assert error.given == "model.embedding_units is 5"
    assert error.expected == f"expected 6, the width of the vectors in {six}"
    error = refused(vectors_fitted, with_vectors(f"source.vectors={five}", f"target.vectors={six}"))
    assert error.given == "source.vectors are 5 numbers wide and target.vectors 6"


def test_both_sides_cannot_have_vectors_where_they_share_embeddings(put):
    tied = ("model.tied_embeddings=all", f"source.vectors={put(5)}")
    assert vectors_fitted(with_vectors(*tied)).model.embedding_units == 5
    assert "tied_embeddings" in refused(vectors_fitted, with_vectors(*tied, f"target.vectors={put(5)}")).given


def test_frozen_random_embeddings_are_refused():
    assert "source: freeze_vectors is true" in refused(with_vectors, "source.freeze_vectors=true").given


@pytest.mark.parametrize("frozen", [False, True])
def test_rows_without_a_vector_keep_their_start(frozen):
    embedding = keras.layers.Embedding(4, 2, trainable=not frozen)
    embedding.build()
    before = np.array(embedding.get_weights()[0])
    put_vectors(embedding, Vectors(np.full((4, 2), 7.0, np.float32), np.array([False, True, False, True])))
    after = embedding.get_weights()[0]
    np.testing.assert_array_equal(after[[1, 3]], 7)
    np.testing.assert_array_equal(after[[0, 2]], before[[0, 2]])


@pytest.fixture
def run(pairs_file, put, tmp_path, console):
    """Trains with vectors on both sides, the source's frozen; `(translator, what it said, its directory)`."""
    path = put(8)
    overrides = [*OPTIONS, "training.epochs=1", f"source.vectors={path}", "source.freeze_vectors=true",
                 f"target.vectors={path}"]  # fmt: skip
    translator = train("characters", pairs_file, tmp_path / "mine", overrides=overrides, console=console)
    return translator, console.file.getvalue(), tmp_path / "mine", path


@pytest.mark.training
def test_a_run_with_vectors(run):
    translator, said, out, path = run
    source, target = (tokenizer.get_vocabulary() for tokenizer in (translator.source, translator.target))
    assert f"{path}: vectors for {len(LETTERS) - 2} of the {len(source)} source tokens." in said
    assert f"of the {len(target)} target tokens." in said
    rows = translator.model.encoder.embedding.get_weights()[0]
    np.testing.assert_allclose(rows[source.index("b")], ord("b") / 100 + np.arange(8), rtol=1e-6)
    assert len(set(rows[source.index("a")])) == 8  # random, as the file has none
    target_row = translator.model.decoder.embedding.get_weights()[0][target.index("b")]
    assert 0 < abs(target_row - rows[source.index("b")]).max() < 0.5  # trained on from the vector
    loaded = Translator.load(out)
    assert not loaded.model.encoder.embedding.trainable_weights
    assert loaded.model.decoder.embedding.trainable_weights
    assert str(loaded("bz9")) == str(translator("bz9"))
    assert json.loads((out / "results.json").read_text())["pairs"]["train"] == len(read_split(out / "data").train)


def test_damaged_vectors_leave_nothing_behind(pairs_file, put, tmp_path, console):
    path = put(8)
    path.write_text(path.read_text() + "broken 1 2\n")
    error = refused(train, "characters", pairs_file, tmp_path / "mine", console=console,
                    overrides=[*OPTIONS, f"source.vectors={path}"])  # fmt: skip
    assert "has 2 numbers" in error.given
    assert not (tmp_path / "mine").exists()
