import gzip
import os
from pathlib import Path

import pytest

from keras_s2s.data.corpora import DATA_VARIABLE, data_directory, multi30k, tatoeba
from keras_s2s.data.split import shared_sources
from keras_s2s.errors import UserError

REAL = Path(os.environ.get(DATA_VARIABLE) or "/nowhere")
needs_multi30k = pytest.mark.skipif(
    not (REAL / "multi30k").is_dir(), reason=f"{DATA_VARIABLE} lacks multi30k"
)
needs_tatoeba = pytest.mark.skipif(not (REAL / "tatoeba").is_dir(), reason=f"{DATA_VARIABLE} lacks tatoeba")


def write_multi30k(folder: Path, pack: bool) -> None:
    folder.mkdir(parents=True)
    for name in ("train", "val", "test_2016_flickr"):
        for language in ("de", "en"):
            content = f"{name} {language} 1\n{name} {language} 2\n".encode()
            path = folder / f"{name}.lc.norm.tok.{language}{'.gz' if pack else ''}"
            path.write_bytes(gzip.compress(content) if pack else content)


@pytest.mark.parametrize("folder", ["multi30k/tok", "multi30k/data/task1/tok", "data/task1/tok", "tok", "."])
@pytest.mark.parametrize("pack", [True, False])
def test_multi30k_in_every_layout(tmp_path, folder, pack):
    write_multi30k(tmp_path / "here" / folder, pack)
    split = multi30k(tmp_path / "here")
    assert split.train == [("train de 1", "train en 1"), ("train de 2", "train en 2")]
    assert split.dev[0] == ("val de 1", "val en 1")
    assert split.test[1] == ("test_2016_flickr de 2", "test_2016_flickr en 2")


def test_multi30k_runs_both_ways(tmp_path):
    write_multi30k(tmp_path / "tok", pack=True)
    assert multi30k(tmp_path, source="en", target="de").train[0] == ("train en 1", "train de 1")


def test_absent_multi30k_says_how_to_get_it(tmp_path):
    with pytest.raises(UserError, match="not below") as caught:
        multi30k(tmp_path)
    assert caught.value.fix.startswith(
        f"get it: git clone https://github.com/multi30k/dataset {tmp_path}/multi30k"
    )


@pytest.mark.parametrize(("source", "target"), [("de", "de"), ("xx", "en"), ("de", "spa")])
def test_languages_that_multi30k_lacks(tmp_path, source, target):
    with pytest.raises(UserError, match=r"is not a language of Multi30k|are both de"):
        multi30k(tmp_path, source, target)


def test_tatoeba_is_divided_by_english_sentence_and_leaves_the_attribution_out(tmp_path):
    lines = [f"Sentence {number // 2}.\tFrase {number}.\tCC-BY 2.0 (France)\n" for number in range(80)]
    (tmp_path / "tatoeba").mkdir()
    (tmp_path / "tatoeba" / "spa.txt").write_text("".join(lines))
    split = tatoeba(tmp_path, seed=3)
    assert (len(split.train), len(split.dev), len(split.test)) == (72, 4, 4)
    assert split.train[0][1].startswith("Frase")
    assert not shared_sources(split.train, split.dev + split.test)
    assert tatoeba(tmp_path, seed=4) != split == tatoeba(tmp_path, seed=3)
    assert len(tatoeba(tmp_path, seed=3, dev=0.25).dev) == 20


def test_small_subset_keeps_its_own_parts(tmp_path):
    folder = tmp_path / "small-eng-spa"
    folder.mkdir()
    for part in ("train", "dev", "test"):
        (folder / f"{part}.tsv.gz").write_bytes(gzip.compress(f"{part}\tx\n".encode()))
    split = tatoeba(tmp_path, subset="small")
    assert (split.train, split.dev, split.test) == ([("train", "x")], [("dev", "x")], [("test", "x")])


@pytest.mark.parametrize(("language", "subset"), [("fra", "small"), ("spa", "large")])
def test_other_subsets_are_refused(tmp_path, language, subset):
    with pytest.raises(UserError, match="subset"):
        tatoeba(tmp_path, language, subset)


def test_absent_tatoeba_says_how_to_get_it(tmp_path):
    with pytest.raises(UserError, match=r"no ita\.txt") as caught:
        tatoeba(tmp_path, "ita")
    assert "ita-eng.zip at https://www.manythings.org/anki" in caught.value.fix


def test_data_directory_is_the_explicit_one_before_the_variable(tmp_path, monkeypatch):
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    assert data_directory() == tmp_path
    (tmp_path / "other").mkdir()
    assert data_directory(tmp_path / "other") == tmp_path / "other"


def test_data_directory_that_is_none(tmp_path, monkeypatch):
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    with pytest.raises(UserError, match="--data DIRECTORY, or set KERAS_S2S_DATA"):
        data_directory()
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(UserError, match="given by KERAS_S2S_DATA, does not exist"):
        data_directory()
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="given by --data, is a file"):
        data_directory(tmp_path / "file")


@needs_multi30k
def test_real_multi30k():
    split = multi30k(REAL)
    assert (len(split.train), len(split.dev), len(split.test)) == (29_000, 1_014, 1_000)
    assert split.test[0][1] == "a man in an orange hat starring at something ."


@needs_tatoeba
def test_real_tatoeba():
    split = tatoeba(REAL)
    assert len(split.train) + len(split.dev) + len(split.test) == 118_964
    assert len({source for source, _ in split.dev}) == pytest.approx(0.05 * 102_904, rel=0.01)
    small = tatoeba(REAL, subset="small")
    assert (len(small.train), len(small.dev), len(small.test)) == (20_000, 617, 608)
    assert not shared_sources(small.train, small.dev)
