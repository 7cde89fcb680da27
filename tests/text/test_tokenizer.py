"""What holds for every tokenizer."""

import json

import numpy as np
import pytest
import tensorflow as tf

from keras_s2s.errors import UserError
from keras_s2s.text import CharacterTokenizer, SentencePieceTokenizer, Tokenizer, WordTokenizer

ALL = [CharacterTokenizer, WordTokenizer, SentencePieceTokenizer]
KINDS = ["characters", "words", "pieces"]
ANY = pytest.mark.parametrize("kind", KINDS)
TEXTS = ["the cat", "", " \t ", "a dog sat!", "\U0001f600 中\0 zzz", "e\u0301 ü"]


@ANY
def test_ids_of_the_special_tokens(tokenizers, kind):
    vocabulary = tokenizers[kind].get_vocabulary()
    assert vocabulary[:4] == ["", "<unk>", "<s>", "</s>"]
    assert len(set(vocabulary)) == len(vocabulary) == tokenizers[kind].vocabulary_size() > 4
    ids, _ = tokenizers[kind].tokenize(["<unk> <s> </s> ", "</s>"])
    assert not set(ids.flat_values.numpy()) & {0, 2, 3}


@ANY
def test_text_there_and_back(tokenizers, kind):
    text = "the cat sat and a dog sat" if kind == "words" else "the cat sat on the mat, and 3 dogs"
    ids, surfaces = tokenizers[kind].tokenize([text])
    assert ids.dtype == tf.int32
    assert 1 not in ids.flat_values
    assert tokenizers[kind].detokenize(ids).numpy() == [text.encode()]
    np.testing.assert_array_equal(tokenizers[kind].tokens(ids).flat_values, surfaces.flat_values)


@ANY
def test_nothing_to_read(tokenizers, kind):
    ids, surfaces = tokenizers[kind].tokenize(["", "  \n", "a"])
    assert ids.row_lengths().numpy()[:2].tolist() == [0, 0]
    assert surfaces.row_lengths().numpy()[:2].tolist() == [0, 0]
    assert tokenizers[kind].tokenize([])[0].shape[0] == 0
    assert tokenizers[kind].detokenize(np.zeros((2, 0), "int32")).numpy().tolist() == [b"", b""]
    assert tokenizers[kind].detokenize([[2, 0, 3, 0]]).numpy().tolist() == [b""]


@ANY
def test_unknown_text_is_one_and_keeps_its_surface(tokenizers, kind):
    ids, surfaces = tokenizers[kind].tokenize(["\U0001f600"])
    assert ids.to_list()[0][-1] == 1
    assert surfaces.to_list()[0][-1].decode() == "\U0001f600"


@ANY
def test_longer_texts_are_cut(tokenizers, kind):
    ids, surfaces = tokenizers[kind].tokenize(["the cat sat on the mat", "the"])
    cut_ids, cut_surfaces = tokenizers[kind].tokenize(["the cat sat on the mat", "the"], 2)
    assert cut_ids.to_list() == ids[:, :2].to_list()
    assert cut_surfaces.to_list() == surfaces[:, :2].to_list()


@ANY
def test_in_a_graph_for_any_number_of_texts(tokenizers, kind):
    tokenizer = tokenizers[kind]

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string)])
    def there_and_back(texts):
        ids, surfaces = tokenizer.tokenize(texts, 5)
        return ids, surfaces, tokenizer.detokenize(ids.to_tensor())

    for texts in (TEXTS, TEXTS[:1], TEXTS[1:3]):
        in_graph = there_and_back(tf.constant(texts))
        ids, surfaces = tokenizer.tokenize(texts, 5)
        assert in_graph[0].to_list() == ids.to_list()
        assert in_graph[1].to_list() == surfaces.to_list()
        assert in_graph[2].numpy().tolist() == tokenizer.detokenize(ids).numpy().tolist()


@ANY
def test_setting_a_random_seed_harms_no_tokenizer(tokenizers, kind):
    function = tf.function(lambda texts: tokenizers[kind].tokenize(texts)[0])
    before = function(tf.constant(TEXTS)).to_list()
    tf.random.set_seed(3)  # empties TensorFlow's cache of kernels
    assert function(tf.constant(TEXTS)).to_list() == tokenizers[kind].tokenize(TEXTS)[0].to_list() == before


@pytest.mark.parametrize("kind", [*KINDS, "lower-case characters", "lower-case words and marks", "lower-case pieces"])
def test_saved_and_loaded(tokenizers, kind, tmp_path):
    tokenizers[kind].save(tmp_path / "source")
    loaded = Tokenizer.load(tmp_path / "source")
    assert type(loaded) is type(tokenizers[kind])
    assert loaded.get_config() == tokenizers[kind].get_config()
    assert loaded.to_json() == tokenizers[kind].to_json()
    assert loaded.tokenize(TEXTS)[0].to_list() == tokenizers[kind].tokenize(TEXTS)[0].to_list()


@ANY
def test_described_for_other_runtimes(tokenizers, kind):
    described = json.loads(json.dumps(tokenizers[kind].to_json()))
    expected = {"type", "normalization", "vocabulary", "punctuation"}
    expected |= {"scores", "unknown_score"} if kind == "pieces" else set()
    assert set(described) == expected
    assert described["type"] == {"characters": "character", "words": "word", "pieces": "sentencepiece"}[kind]
    assert described["vocabulary"] == tokenizers[kind].get_vocabulary()


@pytest.mark.parametrize("cls", ALL)
def test_nothing_to_learn_from(cls):
    for texts in ([], [""], ["", " \u3000"]):
        with pytest.raises(UserError, match=f"{len(texts)} texts, none with anything to read"):
            cls().adapt(texts)


@pytest.mark.parametrize("cls", ALL[:2])
def test_no_token_is_frequent_enough(cls):
    with pytest.raises(UserError, match="occurs 3 times"):
        cls(min_count=3).adapt(["a b", "a"])


@pytest.mark.parametrize("cls", ALL)
def test_use_before_adapt(cls):
    for use in (lambda t: t.tokenize(["a"]), lambda t: t.vocabulary_size(), lambda t: t.to_json(),
                lambda t: t.detokenize([[4]]), lambda t: t.get_vocabulary()):
        with pytest.raises(UserError, match="no vocabulary yet"):
            use(cls())


def test_a_tokenizer_without_vocabulary_is_not_saved(tmp_path):
    for cls in ALL:
        with pytest.raises(UserError, match="no vocabulary yet"):
            cls().save(tmp_path / cls.type_name)
        assert not (tmp_path / cls.type_name / "tokenizer.json").exists()


DAMAGES = {
    "tokenizer.json": [None, "", "{", "[]", '"x"', "{}", "\0", '{"format_version": 1, "type": "morse", "config": {}}',
                       '{"format_version": 2, "type": "character", "config": {}}',
                       '{"format_version": 1, "type": "word", "config": {"colour": 1}}',
                       '{"format_version": 1, "type": "word", "config": 3}'],
    "vocabulary.json": [None, "", "[", "{}", "null", '["", "<unk>", "<s>"]', '["", "<unk>", "<s>", "</s>"]',
                        '["", "<unk>", "<s>", "</s>", "a", "a"]', '["", "<unk>", "<s>", "</s>", ""]',
                        '["", "<unk>", "<s>", "</s>", 7]', '["a", "b", "c", "d", "e"]', b"\xff"],
    "sentencepiece.model": [None, "", "no model", b"\x0a\xff\xff"],
}


@pytest.mark.parametrize("name, content", [(name, content) for name, all_ in DAMAGES.items() for content in all_])
def test_damaged_files(tokenizers, tmp_path, name, content):
    tokenizers["pieces" if name == "sentencepiece.model" else "words"].save(tmp_path)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UserError) as caught:
        Tokenizer.load(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_a_sentencepiece_model_cut_short(tokenizers, tmp_path):
    tokenizers["pieces"].save(tmp_path)
    path = tmp_path / "sentencepiece.model"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(UserError, match="cannot be read"):
        Tokenizer.load(tmp_path)
