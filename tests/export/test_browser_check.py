"""No bundle is written that answers otherwise in JavaScript."""

import shutil

import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.export import browser_check, tfjs
from keras_s2s.export.browser_check import check_bundle, check_texts
from keras_s2s.files import directory_written_atomically


@pytest.fixture(scope="module")
def bundle(tiny, tmp_path_factory):
    """A bundle that passed the check, in uint8."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    folder = tmp_path_factory.mktemp("bundle") / "model"
    tfjs.write_bundle(tiny, folder, "uint8")
    return folder


@pytest.fixture
def rounded(tiny):
    return tiny.quantized("uint8")


def test_the_texts_are_examples_tokens_and_nothing(tiny):
    texts = check_texts(tiny)
    assert texts[:2] == tiny.examples and texts[-1] == ""
    assert len(texts[2]) == 8 and set(texts[2]) <= set(tiny.source.get_vocabulary())


def test_other_numbers_are_noticed(tiny, rounded, bundle):
    assert check_bundle(rounded, bundle)
    with pytest.raises(UserError, match=r"(step|graph) loop"):
        check_bundle(tiny, bundle)


def test_each_difference_is_told(rounded, bundle, monkeypatch):
    texts = check_texts(rounded)
    said = browser_check.answers_in_node(bundle, texts)
    python = rounded(texts)

    def difference(**changes):
        return browser_check.difference_of(rounded, python[0], {**said["graph"][0], **changes})

    assert difference() is None
    assert difference(tokens=python[0].tokens[:-2], text="x").startswith("'x', not ")
    assert "attention differs by 0.5" in difference(attention=(python[0].attention + 0.5).tolist())
    assert "tokenLogProbs differs" in difference(tokenLogProbs=np.full(len(python[0].tokens), np.nan).tolist())
    assert "it reads" in difference(sourceTokens=["x"])
    monkeypatch.setattr(browser_check, "TIE", 1e9)
    assert difference(tokens=python[0].tokens[:-2]) is None


def test_nothing_is_written_where_the_check_fails(tiny, tmp_path, monkeypatch, bundle):
    monkeypatch.setattr(browser_check, "answers_in_node", lambda path, texts: {
        "step": [{"sourceTokens": ["x"]} for _ in texts]})
    monkeypatch.setattr(tfjs, "_convert", lambda module: {})
    with pytest.raises(UserError, match="answers 'the cat' otherwise in JavaScript"):
        tiny.export_tfjs(tmp_path / "page")
    assert list(tmp_path.iterdir()) == []


def test_a_broken_bundle_is_told(rounded, bundle, tmp_path):
    with directory_written_atomically(tmp_path / "broken") as temporary:
        shutil.copytree(bundle, temporary, dirs_exist_ok=True)
        (temporary / "step.json").unlink()
    with pytest.raises(UserError, match=r"does not run in JavaScript: .*step\.json"):
        check_bundle(rounded, tmp_path / "broken")


@pytest.mark.parametrize("found, told", [(None, "there is no Node on this machine"), ("true", "it takes Node 20")])
def test_without_node_it_says_so(rounded, tmp_path, monkeypatch, capsys, found, told):
    monkeypatch.setattr(browser_check.shutil, "which", lambda name: found)
    assert not check_bundle(rounded, tmp_path)
    assert told in capsys.readouterr().err
