from keras_s2s.text import WordTokenizer


def adapted(texts, **arguments):
    tokenizer = WordTokenizer(**arguments)
    tokenizer.adapt(texts)
    return tokenizer


def test_words_between_spaces():
    tokenizer = adapted(["b a, b", "a, c-d b"])
    assert tokenizer.get_vocabulary() == ["", "<unk>", "<s>", "</s>", "b", "a,", "c-d"]
    ids, surfaces = tokenizer.tokenize([" b\u3000 c-d  a", "", "a, a,"])
    assert ids.to_list() == [[4, 6, 1], [], [5, 5]]
    assert surfaces.to_list() == [[b"b", b"c-d", b"a"], [], [b"a,", b"a,"]]
    assert tokenizer.detokenize(ids).numpy().tolist() == [b"b c-d <unk>", b"", b"a, a,"]


def test_options():
    assert adapted(["a a b"], min_count=2).get_vocabulary()[4:] == ["a"]
    assert adapted(["a a b"], vocabulary_size=5).get_vocabulary()[4:] == ["a"]
    assert adapted(["ba ab b é z"]).get_vocabulary()[4:] == ["ab", "b", "ba", "z", "é"]  # ties by code point
    assert adapted(["Ab aB"], lowercase=True).get_vocabulary()[4:] == ["ab"]


def test_marks_as_tokens_of_their_own():
    tokenizer = adapted(["Don't panic (42 €)..."], split_punctuation=True)
    _, surfaces = tokenizer.tokenize(["Don't panic (42 €)...", "«ja»", "。"])
    assert [" ".join(token.decode() for token in row) for row in surfaces.to_list()] == [
        "Don ' t panic ( 42 € ) . . .", "« ja »", "。"]


def test_the_names_of_special_tokens_are_words_that_nobody_learns():
    tokenizer = adapted(["<s> <unk> </s> a"])
    assert tokenizer.get_vocabulary()[4:] == ["a"]
    assert tokenizer.tokenize(["<s> a </s> <unk>"])[0].to_list() == [[1, 4, 1, 1]]


def test_only_the_space_separates():
    tokenizer = adapted(["a\0b c"])
    assert tokenizer.get_vocabulary()[4:] == ["a\0b", "c"]
