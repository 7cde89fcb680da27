from keras_s2s.text import CharacterTokenizer


def adapted(texts, **arguments):
    tokenizer = CharacterTokenizer(**arguments)
    tokenizer.adapt(texts)
    return tokenizer


def text_of(tokenizer, ids):
    return tokenizer.detokenize([ids]).numpy()[0].decode()


def test_most_frequent_first_and_ties_by_code_point():
    tokenizer = adapted(["cbb", "b aa"])
    assert tokenizer.get_vocabulary() == ["", "<unk>", "<s>", "</s>", "b", "a", " ", "c"]
    assert tokenizer.tokenize(["ab c", "bd"])[0].to_list() == [[5, 4, 6, 7], [4, 1]]


def test_options():
    assert adapted(["aaabbc"], min_count=2).get_vocabulary()[4:] == ["a", "b"]
    assert adapted(["aaabbc"], vocabulary_size=5).get_vocabulary()[4:] == ["a"]
    assert adapted(["ABba"], lowercase=True).get_vocabulary()[4:] == ["a", "b"]


def test_a_token_is_a_code_point():
    tokenizer = adapted(["日本👩‍👩‍👧e\u0301i\u0323\u0302"])
    _, surfaces = tokenizer.tokenize(["👩‍👩 e\u0301 i\u0302\u0323"])  # NFC puts the marks in order
    assert [surface.decode() for surface in surfaces.to_list()[0]] == [
        "👩", "\u200d", "👩", " ", "é", " ", "ị", "\u0302"]


def test_lower_case_may_make_two_of_one():
    tokenizer = adapted(["İ"], lowercase=True)
    assert tokenizer.get_vocabulary()[4:] == ["i", "\u0307"]
    assert tokenizer.tokenize(["Σας İ"])[0].to_list()[0][-2:] == [4, 5]


def test_unknown_characters_are_written_as_the_replacement_character():
    tokenizer = adapted(["a b"])
    assert tokenizer.tokenize(["axb"])[0].to_list() == [[5, 1, 6]]
    assert text_of(tokenizer, [5, 1, 4, 6]) == "a\ufffd b"


def test_nul_is_a_character_like_any_other():
    tokenizer = adapted(["a\0\0b"])
    assert tokenizer.get_vocabulary()[4:] == ["\0", "a", "b"]
    assert tokenizer.tokenize(["\0a\0"])[0].to_list() == [[4, 5, 4]]
    assert text_of(tokenizer, [5, 4, 4, 6, 3, 0]) == "a\0\0b"


def test_bytes_and_invalid_utf8_can_be_learnt_from():
    tokenizer = adapted([b"a\xff", b"a"])
    assert tokenizer.get_vocabulary()[4:] == ["a", "\ufffd"]
    assert tokenizer.tokenize([b"\xffa"])[0].to_list() == [[5, 4]]
