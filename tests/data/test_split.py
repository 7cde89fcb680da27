import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keras_s2s.data.split import (
    PARTS,
    Split,
    group_references,
    read_split,
    shared_sources,
    source_key,
    split_pairs,
    write_split,
)
from keras_s2s.errors import UserError

PAIRS = [(f"source {number // 2}", f"target {number}") for number in range(2000)]


def part_of(split: Split) -> dict[str, str]:
    return {source: part for part in PARTS for source, _ in getattr(split, part)}


def test_fractions_are_of_distinct_sources():
    split = split_pairs(PAIRS, seed=1)
    assert [len({source for source, _ in getattr(split, part)}) for part in PARTS] == [900, 50, 50]
    assert sorted(split.train + split.dev + split.test) == sorted(PAIRS)


def test_each_part_keeps_the_order_of_the_file():
    split = split_pairs(PAIRS, seed=1)
    for part in PARTS:
        pairs = getattr(split, part)
        assert pairs == sorted(pairs, key=PAIRS.index)


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=200), st.integers())
def test_no_source_in_two_parts_and_nothing_lost(pairs, seed):
    if len({source_key(source) for source, _ in pairs}) < 20:
        with pytest.raises(UserError):
            split_pairs(pairs, seed)
        return
    split = split_pairs(pairs, seed)
    assert split.dev
    assert split.test
    assert not shared_sources(split.train, split.dev + split.test)
    assert not shared_sources(split.dev, split.test)
    assert sorted(split.train + split.dev + split.test) == sorted(pairs)


def test_division_does_not_depend_on_the_order_of_the_lines():
    shuffled = random.Random(3).sample(PAIRS, len(PAIRS))
    assert part_of(split_pairs(shuffled, seed=1)) == part_of(split_pairs(PAIRS, seed=1))


def test_division_depends_on_the_seed():
    assert part_of(split_pairs(PAIRS, seed=1)) != part_of(split_pairs(PAIRS, seed=2))


def test_division_is_the_same_in_another_process():
    code = (
        "from keras_s2s.data.split import split_pairs\n"
        "split = split_pairs([(f'source {n // 2}', f'target {n}') for n in range(2000)], seed=1)\n"
        "print([source for source, _ in split.dev])"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.strip() == str([source for source, _ in split_pairs(PAIRS, seed=1).dev])


def test_division_is_kept_across_versions():
    # Published scores hang on it: whoever changes the hash changes every split.
    first = [source for source, _ in split_pairs(PAIRS, seed=1).dev][::2][:3]
    assert first == ["source 0", "source 1", "source 15"]


def test_a_growing_file_keeps_nearly_all_of_its_division():
    before, after = part_of(split_pairs(PAIRS[:1980], seed=1)), part_of(split_pairs(PAIRS, seed=1))
    assert sum(before[source] != after[source] for source in before) <= 4


def test_sources_that_a_model_may_not_tell_apart_stay_together():
    pairs = [
        (form, "x")
        for n in range(100)
        for form in (f"Caf\u00e9 {n}", f"cafe\u0301  {n} ", f"CAF\u00c9\u00a0{n}")
    ]
    split = split_pairs(pairs, seed=1)
    assert {len(split.dev), len(split.test)} == {15}


def test_small_files():
    pairs = [(f"{n}", "x") for n in range(20)]
    split = split_pairs(pairs, seed=1)
    assert (len(split.train), len(split.dev), len(split.test)) == (18, 1, 1)
    with pytest.raises(UserError, match="19 distinct sources") as caught:
        split_pairs(pairs[:19], seed=1)
    assert "--dev FILE --test FILE" in caught.value.fix


def test_a_small_fraction_is_one_source_at_least():
    split = split_pairs(PAIRS[:100], seed=1, dev=0.001, test=0.001)
    assert (len(split.dev), len(split.test)) == (2, 2)


def test_a_fraction_of_zero_leaves_a_part_empty():
    split = split_pairs(PAIRS, seed=1, dev=0)
    assert split.dev == []
    assert len(split.test) == 100
    assert split_pairs(PAIRS[:4], seed=1, dev=0, test=0).train == PAIRS[:4]


@pytest.mark.parametrize(
    ("dev", "test"), [(-0.1, 0.1), (0.5, 0.5), (0.1, 1.5), (float("nan"), 0.1), (0.989, 0.0109)]
)
def test_impossible_fractions(dev, test):
    with pytest.raises(UserError, match="ractions of"):
        split_pairs(PAIRS[:200], seed=1, dev=dev, test=test)


def test_split_comes_back_from_its_files(tmp_path):
    split = split_pairs([*PAIRS, ("\ufeffmark", "x\u2028y"), ("", ""), ("", "empty"), (" ", "")], seed=1)
    write_split(tmp_path / "data", split)
    assert read_split(tmp_path / "data") == split
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["dev.tsv", "test.tsv", "train.tsv"]


def test_empty_part_comes_back(tmp_path):
    write_split(tmp_path, Split(PAIRS, [], []))
    assert read_split(tmp_path) == Split(PAIRS, [], [])


def test_tabs_and_line_ends_in_a_text_become_spaces(tmp_path):
    write_split(tmp_path, Split([("a\tb", "c\r")], [("a\nb", "")], []))
    assert read_split(tmp_path) == Split([("a b", "c ")], [("a b", "")], [])


def test_damaged_split_is_refused(tmp_path):
    write_split(tmp_path, Split(PAIRS, PAIRS, PAIRS))
    (tmp_path / "dev.tsv").unlink()
    with pytest.raises(UserError, match=r"dev\.tsv does not exist"):
        read_split(tmp_path)


def test_references_in_first_seen_order():
    pairs = [("b", "2"), ("a", "1"), ("b", "1"), ("b", "2"), ("A", "3")]
    assert group_references(pairs) == [("b", ["2", "1"]), ("a", ["1"]), ("A", ["3"])]


def test_shared_sources_are_found_whatever_their_case():
    assert shared_sources([("Go.", "x"), ("run", "y")], [("go.", "z"), ("new", "w"), ("go.", "v")]) == ["go."]
