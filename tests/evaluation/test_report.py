import io

import pytest
from rich.console import Console

from keras_s2s.evaluation import evaluate, print_evaluation
from keras_s2s.evaluation.report import percent


def printed(result, **arguments) -> str:
    file = io.StringIO()
    print_evaluation(result, Console(file=file, width=140), **arguments)
    return file.getvalue()


def test_scores_groups_and_worst_items_are_printed():
    result = evaluate(
        ["[red]s[/red]", "t"], ["ab", "c"], [["ac", "ad"], ["c"]], groups={"language": ["de", "en"]}
    )
    text = printed(result, title="test_2016")
    assert "test_2016: 2 items" in text and "50.0 %" in text and "33.33 %" in text
    assert result.bleu.signature in text and result.chrf.signature in text
    assert "exact match by language" in text and "the worst item" in text
    assert "[red]s[/red]" in text  # no markup
    assert "25.0" in text and "ad" in text


def test_only_what_was_computed_is_printed():
    text = printed(evaluate(["s"], ["a"], ["b"], metrics=["character_error_rate"]))
    assert "100.00 %" in text and "CER" in text
    assert "BLEU" not in text and "chrF" not in text and "exact match" not in text


def test_nothing_is_printed_about_worst_items_when_there_are_none():
    assert "worst" not in printed(evaluate(["s"], ["a"], ["a"]))
    assert "worst" not in printed(evaluate(["s"], ["a"], ["b"]), worst=0)


@pytest.mark.parametrize(
    ("fraction", "shown"), [(0, "0.0 %"), (0.9934, "99.3 %"), (0.99999, "99.9 %"), (1, "100.0 %")]
)
def test_only_all_is_100_percent(fraction, shown):
    assert percent(fraction) == shown
