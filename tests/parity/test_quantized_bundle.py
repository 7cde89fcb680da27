"""A bundle with rounded weights answers as Python does with the same numbers."""

import json

import pytest
from comparison import assert_same_answers
from sentences import parity_texts

from keras_s2s.translator import Translator

pytestmark = [pytest.mark.parity, pytest.mark.browser]


@pytest.fixture(scope="module")
def translator():
    return Translator.load("dates")


def test_uint8(translator, tmp_path, in_browser):
    texts = parity_texts()[::8]
    rounded, page = translator.quantized("uint8"), translator.export_tfjs(tmp_path / "page", quantize="uint8")
    python = rounded(texts)
    for loop in ("graph", "step"):
        assert_same_answers(rounded, python, in_browser(page, texts, loop))
    # The numbers are other ones, which the answers show.
    assert [answer.log_prob for answer in python] != [answer.log_prob for answer in translator(texts)]
    manifest = json.loads((page / "model" / "manifest.json").read_text("utf-8"))
    weights = manifest["files"]["weights.bin"]["bytes"]
    assert manifest["weights"] == "uint8" and translator.parameters < weights < 1.2 * translator.parameters
