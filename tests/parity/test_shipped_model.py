"""One answer: the shipped models in Python, SavedModel, REST, gRPC."""

import pytest
from comparison import assert_same_answers
from sentences import parity_texts

from keras_s2s.translator import Translator

pytestmark = pytest.mark.parity


@pytest.fixture(scope="module")
def translator():
    return Translator.load("dates")


@pytest.fixture(scope="module")
def texts():
    texts = parity_texts()
    assert len(texts) >= 500
    return texts


@pytest.fixture(scope="module")
def python(translator, texts):
    return translator(texts)


@pytest.fixture(scope="module")
def saved_model(translator, tmp_path_factory):
    return translator.export_saved_model(tmp_path_factory.mktemp("exported"))


def as_dicts(answers):
    return [answer.to_dict() for answer in answers]


def test_saved_model(translator, python, saved_model, texts):
    assert_same_answers(translator, python, as_dicts(Translator.load(saved_model)(texts)))


def test_each_text_alone_as_in_a_padded_batch_of_64(translator, python, texts):
    mixed = texts[::5] + texts[1::5]  # other neighbours, other padding than in `python`
    batched = {answer.source: answer for answer in translator(mixed, batch_size=64)}
    alone = [translator(text) for text in texts]
    assert_same_answers(translator, python, as_dicts(alone))
    assert_same_answers(translator, [batched[text] for text in mixed],
                        as_dicts([alone[texts.index(text)] for text in mixed]))


def test_rest(translator, python, saved_model, texts, over_rest):
    assert_same_answers(translator, python, over_rest(saved_model, texts))


def test_grpc(translator, python, saved_model, texts, over_grpc):
    assert_same_answers(translator, python, over_grpc(saved_model, texts))
