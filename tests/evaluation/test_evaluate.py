import json
import subprocess
import sys

import pytest
import sacrebleu

from keras_s2s.data.dates import FORMATS, LANGUAGES, date_groups, generate_dates
from keras_s2s.errors import UserError
from keras_s2s.evaluation import METRICS, checked_metrics, evaluate

# 5 of 6 words, 3 of 5 pairs, 2 of 4 triples, 1 of 3 quadruples are in the reference.
HYPOTHESIS, REFERENCE = "the cat sat on the mat", "the cat sat on a mat"
BLEU_BY_HAND = 100 * (5 / 6 * 3 / 5 * 2 / 4 * 1 / 3) ** 0.25


def test_bleu_by_hand():
    result = evaluate(["x"], [HYPOTHESIS], [[REFERENCE]], metrics=["bleu"])
    assert result.bleu.score == pytest.approx(BLEU_BY_HAND)
    assert (result.exact_match, result.character_error_rate, result.chrf) == (None, None, None)


def test_chrf_by_hand():
    # Characters: 1 of 2 right; pairs: 0 of 1; longer ones do not exist. Precision = recall = (1/2 + 0) / 2.
    assert evaluate(["x"], ["ab"], [["ac"]]).chrf.score == pytest.approx(25)


def test_character_error_rate_by_hand():
    # kitten -> sitting: two replaced, one inserted (Levenshtein 1966). 3 + 1 edits over 7 + 2 characters.
    result = evaluate(["x", "y"], ["kitten", "ab"], [["sitting"], ["ac"]])
    assert result.character_error_rate == pytest.approx(4 / 9)
    assert [item.character_error_rate for item in result.items] == pytest.approx([3 / 7, 1 / 2])


def test_the_nearest_reference_counts():
    result = evaluate(["x"], ["colour"], [["paint", "color", "shade"]])
    assert result.character_error_rate == pytest.approx(1 / 5)
    # Nearest by rate: 2 edits of 5 characters are better than 1 of 2.
    assert evaluate(["x"], ["abc"], [["ab", "abcde"]]).items[0].character_error_rate == pytest.approx(2 / 5)


def test_any_reference_is_an_exact_match():
    result = evaluate(["a", "b", "c"], ["1", "2", "3"], [["0", "1"], ["2"], ["2", "1"]])
    assert result.exact_match == pytest.approx(2 / 3)
    assert [item.exact for item in result.items] == [True, True, False]


def test_exact_match_sees_through_spaces_and_unicode_forms_but_not_case():
    assert evaluate(["a"], [" e\u0301te\u0301  1"], ["été 1"], metrics=["exact_match"]).exact_match == 1
    assert evaluate(["a"], ["ete"], ["été"], metrics=["exact_match"]).exact_match == 0
    assert evaluate(["a"], ["A"], ["a"], metrics=["exact_match"]).exact_match == 0


def test_one_text_for_the_references_is_one_reference():
    assert evaluate(["x"], ["abc"], ["abc"]).exact_match == 1
    assert evaluate(["x"], ["a"], ["abc"]).exact_match == 0


def test_scores_are_those_of_sacrebleu_with_varying_numbers_of_references():
    hypotheses = ["the cat is on the mat .", "he went to school today", "a short one"]
    references = [
        ["the cat sits on the mat .", "there is a cat on the mat ."],
        ["he went to the school today"],
        ["a very short one", "one short thing", "a short one here"],
    ]
    streams = [
        ["the cat sits on the mat .", "he went to the school today", "a very short one"],
        ["there is a cat on the mat .", None, "one short thing"],
        [None, None, "a short one here"],
    ]
    result = evaluate(["x"] * 3, hypotheses, references)
    assert result.bleu.score == pytest.approx(sacrebleu.corpus_bleu(hypotheses, streams, force=True).score)
    assert result.chrf.score == pytest.approx(sacrebleu.corpus_chrf(hypotheses, streams).score)
    assert result.bleu.signature.startswith("nrefs:var|case:mixed|eff:no|tok:13a|smooth:exp|version:")
    assert result.chrf.signature.startswith("nrefs:var|case:mixed|eff:yes|nc:6|nw:0|space:no|version:")
    assert [item.chrf for item in result.items] == pytest.approx(
        [sacrebleu.sentence_chrf(*pair).score for pair in zip(hypotheses, references, strict=True)]
    )


def test_the_tokenizer_reaches_bleu_and_its_signature():
    hypotheses, references = ["ein hund , der läuft schnell."], [["ein hund, der läuft schnell ."]]
    raw = evaluate(["x"], hypotheses, references, metrics=["bleu"])
    tokenised = evaluate(["x"], hypotheses, references, metrics=["bleu"], tokenize="none")
    assert raw.bleu.score == pytest.approx(100)
    assert tokenised.bleu.score < 50
    assert "tok:none" in tokenised.bleu.signature and "nrefs:1" in tokenised.bleu.signature


def test_empty_texts():
    result = evaluate(["", "a", "b"], ["", "", "xy"], [[""], ["abcd"], [""]])
    assert [item.exact for item in result.items] == [True, False, False]
    assert [item.character_error_rate for item in result.items] == [0, 1, 2]
    assert result.character_error_rate == pytest.approx((0 + 4 + 2) / 4)
    assert evaluate(["a"], ["nothing"], [["", "nothing"]]).items[0].character_error_rate == 0


def test_groups_count_right_ones():
    groups = {"language": ["de", "en", "de", "de"], "format": ["a", "a", "b", "b"]}
    result = evaluate(["x"] * 4, ["1", "2", "3", "4"], ["1", "2", "3", "x"], groups=groups)
    assert result.groups == {"language": {"de": (2, 3), "en": (1, 1)}, "format": {"a": (2, 2), "b": (1, 2)}}
    assert result.group_accuracy("language") == {"de": pytest.approx(2 / 3), "en": 1}


def test_dates_by_language_and_format():
    examples = generate_dates(1000, "test")
    hypotheses = ["1999-01-01" if example.language == "nl" else example.target for example in examples]
    result = evaluate(
        [example.source for example in examples],
        hypotheses,
        [example.target for example in examples],
        metrics=["exact_match"],
        groups=date_groups(examples),
    )
    assert result.group_accuracy("language") == {
        language: 0 if language == "nl" else 1 for language in sorted(LANGUAGES)
    }
    assert set(result.groups["format"]) == set(FORMATS)
    assert sum(count for _, count in result.groups["format"].values()) == 1000


def test_worst_items_begin_with_the_worst_and_hold_no_exact_match():
    sources, hypotheses = ["right", "near", "far", "nearer"], ["abcdef", "abcdxx", "zzzzzz", "abcdex"]
    for metrics in (["exact_match"], METRICS):
        result = evaluate(sources, hypotheses, ["abcdef"] * 4, metrics=metrics)
        assert [item.source for item in result.worst_items(10)] == ["far", "near", "nearer"]
        assert [item.source for item in result.worst_items(2)] == ["far", "near"]
        assert result.worst_items(0) == []


def test_equally_bad_items_stay_in_order():
    result = evaluate(["c", "a", "b"], ["x"] * 3, ["y"] * 3)
    assert [item.source for item in result.worst_items()] == ["c", "a", "b"]


def test_the_result_is_plain_json():
    result = evaluate(["s", "t"], ["ab", "c"], [["ac", "ad"], ["c"]], groups={"kind": ["k", "l"]})
    read = json.loads(json.dumps(result.to_dict()))
    assert read["count"] == 2 and read["exact_match"] == 0.5
    assert read["bleu"] == {"score": result.bleu.score, "signature": result.bleu.signature}
    assert read["groups"] == {
        "kind": {"k": {"count": 1, "exact_match": 0.0}, "l": {"count": 1, "exact_match": 1.0}}
    }
    assert read["worst"] == [
        {
            "source": "s",
            "hypothesis": "ab",
            "references": ["ac", "ad"],
            "character_error_rate": 0.5,
            "chrf": pytest.approx(25),
        }
    ]
    only_one = evaluate(["s"], ["a"], ["a"], metrics=["exact_match"]).to_dict(worst=0)
    assert only_one == {"count": 1, "exact_match": 1.0}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([], [], []), "empty"),
        ((["a"], [], ["a"]), "1 sources, 0 hypotheses, 1 references"),
        ((["a", "b"], ["a", "b"], [["a"], []]), r"[Ii]tem 2 \('b'\) has no reference"),
    ],
)
def test_sets_that_cannot_be_evaluated(arguments, message):
    with pytest.raises(UserError, match=message):
        evaluate(*arguments)


def test_groups_of_another_length_are_refused():
    with pytest.raises(UserError, match="2 names of language"):
        evaluate(["a"], ["a"], ["a"], groups={"language": ["de", "en"]})


def test_unknown_metrics_and_tokenizers_are_refused():
    with pytest.raises(UserError, match=r"(?s)'blue' is not known.*[Dd]id you mean bleu\?"):
        evaluate(["a"], ["a"], ["a"], metrics=["blue"])
    with pytest.raises(UserError, match=r"(?s)'moses'.*13a for raw text"):
        evaluate(["a"], ["a"], ["a"], tokenize="moses")
    assert checked_metrics(["bleu", "bleu", "chrf"]) == ("bleu", "chrf")


def test_a_tokenizer_that_is_not_installed_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "MeCab", None)
    monkeypatch.delitem(sys.modules, "sacrebleu.tokenizers.tokenizer_ja_mecab", raising=False)
    with pytest.raises(UserError, match=r"sacrebleu\[ja\]"):
        evaluate(["a"], ["a"], ["a"], tokenize="ja-mecab")


def test_importing_and_evaluating_need_no_tensorflow_and_importing_no_sacrebleu():
    code = (
        "import sys, keras_s2s.evaluation as e; assert not {'sacrebleu', 'jiwer', 'rich'} & set(sys.modules);"
        "e.evaluate(['a'], ['a'], ['a']); assert not {'tensorflow', 'keras'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
