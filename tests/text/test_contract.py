"""An independent implementation of the written rules agrees on thousands of random texts."""

import random
import unicodedata

import numpy as np
import pytest

from tests.text.contract_tokenizer import ContractTokenizer

KINDS = ["characters", "lower-case characters", "words", "lower-case words and marks", "pieces", "lower-case pieces"]
ODD = ["<unk>", "<s>", "</s>", "▁", "▁▁", "\0", "\ufeff", "\ufffd", "\ufffe", "\ufdd0", "\ue000", "\u200d",
       "\u2047", "👩‍👩‍👧", "İ", "ẞ", "Σ", "ΟΣ", "ǅ", "I\u0307", "e\u0301", "A\u030a", "\u1112\u1161\u11ab", "\u0344",
       "\u2126", "ﬁ", "\u0958", "\U0001d15e", "…", "¿", "$", "^", "\\", "%", "''", "٣"]
SPACES = ["\t", "\n", "\r\n", "\x0b", "\x1c", "\x85", "\xa0", "\u1680", "\u2003", "\u200b", "\u2028", "\u3000", "  "]
# Not those that Unicode has no meaning for yet: two libraries' versions may differ in their normal forms.
KNOWN = [chr(code) for code in range(0x110000)
       if not 0xD800 <= code < 0xE000 and unicodedata.category(chr(code)) != "Cn"]


def random_texts(vocabulary, number, seed=1):
    """Texts of known tokens, odd ones, spaces, marks that combine, and any code point there is."""
    chance = random.Random(seed)
    parts = [lambda: chance.choice(vocabulary), lambda: chance.choice(vocabulary).upper(), lambda: chance.choice(ODD),
             lambda: chance.choice(SPACES), lambda: " ", lambda: chr(chance.randrange(0x300, 0x370)),
             lambda: chr(chance.randrange(0x1100, 0x1200)), lambda: chance.choice(KNOWN),
             lambda: chr(chance.randrange(128))]
    weights = [12, 3, 3, 3, 8, 2, 1, 2, 3]
    return ["".join(part() for part in chance.choices(parts, weights, k=chance.randrange(30))) for _ in range(number)]


@pytest.mark.parametrize("kind", KINDS)
def test_tokens_are_as_described(tokenizers, kind):
    tokenizer = tokenizers[kind]
    contract = ContractTokenizer(tokenizer.to_json())
    texts = ["", " ", "▁", "a", *random_texts(tokenizer.get_vocabulary()[4:], 2500)]
    ids, surfaces = (ragged.to_list() for ragged in tokenizer.tokenize(texts))
    for text, own_ids, own_surfaces in zip(texts, ids, surfaces, strict=True):
        expected_ids, expected_surfaces = contract.tokenize(text)
        assert [surface.decode() for surface in own_surfaces] == expected_surfaces, ascii(text)
        assert own_ids == expected_ids, ascii(text)
    flat = [index for row in ids for index in row]
    assert 1 in flat  # the unknown ones were there ...
    assert len(set(flat)) > 0.9 * (tokenizer.vocabulary_size() - 4)  # ... and nearly all known ones


@pytest.mark.parametrize("kind", KINDS)
def test_texts_come_back_as_described(tokenizers, kind):
    tokenizer = tokenizers[kind]
    contract = ContractTokenizer(tokenizer.to_json())
    ids = np.random.default_rng(1).integers(0, tokenizer.vocabulary_size(), size=(500, 12))
    ids[:, ::5] = ids[:, ::5] % 5  # often the special ones
    texts = [text.decode() for text in tokenizer.detokenize(ids).numpy()]
    assert texts == [contract.detokenize(row) for row in ids.tolist()]
