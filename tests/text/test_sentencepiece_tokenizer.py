import subprocess
import sys

import numpy as np
import pytest
import sentencepiece

from keras_s2s.errors import UserError
from keras_s2s.text import SentencePieceTokenizer

TEXTS = ["low lower lowest", "new newer newest", "wide wider widest", "the lowest and the newest are the widest"] * 20


@pytest.fixture(scope="module")
def tokenizer():
    tokenizer = SentencePieceTokenizer(40)
    tokenizer.adapt(TEXTS)
    return tokenizer


def test_vocabulary_size_is_the_most(tokenizer):
    assert 20 < tokenizer.vocabulary_size() <= 40
    few = SentencePieceTokenizer(1000)
    few.adapt(["ab abc"])
    assert 4 < few.vocabulary_size() < 30


def test_pieces_with_spaces(tokenizer):
    ids, surfaces = tokenizer.tokenize(["lowest  newest "])
    assert b"".join(surfaces.to_list()[0]).decode() == "▁lowest▁newest"
    assert tokenizer.detokenize(ids).numpy() == [b"lowest newest"]
    assert len(ids.to_list()[0]) < len("lowest newest")


def test_the_same_pieces_as_sentencepiece_itself(tokenizer, tmp_path):
    tokenizer.save(tmp_path)
    processor = sentencepiece.SentencePieceProcessor(model_file=str(tmp_path / "sentencepiece.model"))
    assert [processor.pad_id(), processor.unk_id(), processor.bos_id(), processor.eos_id()] == [0, 1, 2, 3]
    texts = ["lowest newest", "the wider", "slower", "x y z", "low日本low"]
    assert tokenizer.tokenize(texts)[0].to_list() == processor.encode(texts)
    scores = tokenizer.to_json()["scores"]
    assert tokenizer.to_json()["unknown_score"] == min(scores[4:]) - 10
    assert scores == [processor.get_score(index) for index in range(processor.get_piece_size())]


def test_neighbouring_unknown_characters_are_one_token(tokenizer):
    ids, surfaces = tokenizer.tokenize(["日本 日low"])
    assert [surface.decode() for surface in surfaces.to_list()[0] if surface.decode()[0] == "日"] == ["日本", "日"]
    assert ids.to_list()[0].count(1) == 2
    assert tokenizer.detokenize([[1, *tokenizer.tokenize(["low"])[0].to_list()[0]]]).numpy()[0].decode() == "⁇  low"


SAMPLE = """
import sys
from keras_s2s.text import Tokenizer
print(Tokenizer.load(sys.argv[1]).sample(["the lowest and the newest"] * 6, 0.1, seed=1).to_list())
"""


def test_sampled_pieces(tokenizer, tmp_path):
    """By the seed alone, also in another process."""
    texts = ["the lowest and the newest"] * 6
    first, again, other = (tokenizer.sample(texts, 0.1, seed=seed) for seed in (1, 1, 2))
    assert first.dtype == "int32"
    assert first.to_list() == again.to_list() != other.to_list()
    assert [text.decode() for text in tokenizer.detokenize(first).numpy()] == texts
    assert tokenizer.sample([], 0.1, seed=1).to_list() == []
    assert tokenizer.sample(["", "low", " "], 0.1, seed=1).row_lengths().numpy().tolist()[::2] == [0, 0]
    tokenizer.save(tmp_path)
    elsewhere = subprocess.run([sys.executable, "-c", SAMPLE, tmp_path], capture_output=True, text=True, check=True)
    assert elsewhere.stdout.strip() == str(first.to_list())


def test_how_often_a_cut_is_sampled(tokenizer):
    """With its probability to the power of alpha; with a large alpha always the most probable one."""
    usual = tokenizer.tokenize(["lowest 日newest"])[0].to_list()[0]
    assert tokenizer.sample(["lowest 日newest"], 100.0, seed=1).to_list() == [usual]
    processor, scores = tokenizer._processor, tokenizer.to_json()["scores"]
    cuts = [tuple(cut) for cut in processor.nbest_encode("low", nbest_size=64, out_type=int)]
    weights = np.exp([0.5 * sum(scores[piece] for piece in cut) for cut in cuts])
    drawn = [tuple(cut) for cut in tokenizer.sample(["low"] * 4000, 0.5, seed=1).to_list()]
    np.testing.assert_allclose([drawn.count(cut) / 4000 for cut in cuts], weights / weights.sum(), atol=0.03)


def test_the_names_of_special_tokens_are_only_text():
    tokenizer = SentencePieceTokenizer(60)
    tokenizer.adapt(["<s> </s> <unk> <pad> a"] * 20)
    assert not set(tokenizer.tokenize(["<s></s><pad><unk>"])[0].to_list()[0]) & {0, 2, 3}
    assert tokenizer.detokenize([[0, 2, 3, 0]]).numpy() == [b""]


def test_no_text_is_left_out():
    """U+2585 is a mark of SentencePiece's own."""
    tokenizer = SentencePieceTokenizer(60)
    tokenizer.adapt(["abc ▅ def"] * 20)
    assert 1 not in tokenizer.tokenize(["abc def"])[0].to_list()[0]


def test_too_few_pieces_to_spell_the_text():
    with pytest.raises(UserError, match="cannot learn 6 pieces from 1 texts"):
        SentencePieceTokenizer(6).adapt(["the quick brown fox jumps"])


def test_learning_twice_gives_the_same(tokenizer):
    again = SentencePieceTokenizer(40)
    again.adapt(TEXTS)
    assert again.to_json() == tokenizer.to_json()


def test_in_any_thread(tokenizer):
    """As a server calls it."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda _: tokenizer.tokenize(["the lowest"])[0].to_list(), range(8)))
    assert all(row == rows[0] for row in rows)
