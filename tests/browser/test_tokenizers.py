"""The tokenizers in JavaScript and in TensorFlow's graph agree: ids, surfaces, text written back."""

import json
import os
import random
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

TEXT = """the quick brown fox jumps over the lazy dog while zwölf Boxkämpfer jagen Viktor quer über den großen
Sylter Deich; portez ce vieux whisky au juge blond qui fume, où l'été s'achève à Noël. ¿Qué? El pingüino
Wenceslao hizo kilómetros bajo exhaustiva lluvia! Ξεσκεπάζω την ψυχοφθόρα βδελυγμία ΟΔΥΣΣΕΥΣ.
Съешь ещё этих мягких французских булок 1999-03-03 12.5% (a+b)=c いろはにほへと 色は匂へど"""
WORDS = TEXT.split()
# What tends to differ between languages: spaces, composition, case, signs that look special to a tokenizer.
PIECES = [
    " ", "  ", "\t", "\n", "\u00a0", "\u1680", "\u180e", "\u2003", "\u200b", "\u2028", "\u3000", "\ufeff",
    "\x00", "\x1c", "\x85", "e\u0301", "\u0301", "\u1100\u1161\u11a8", "\u212b", "\u2126", "İ", "ß", "ẞ",
    "Σ", "ς", "ǅ", "A\u030a", "🙂", "👩\u200d👧", "\U0010fffd", "\ufffd", "▁", "⁇", "<s>", "</s>", "<unk>",
    "«", "—", "€", "_", "٣",
]


def is_character(code: int) -> bool:
    """Whether text can hold it: no surrogate, none of the 66 code points reserved for no character."""
    return not (0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0 or code & 0xFFFE == 0xFFFE)


def strings(count: int, seed: int) -> list[str]:
    """Sentences, sentences with odd pieces in them, and random code points."""
    chance = random.Random(seed)
    found = ["", " ", "▁", "a▁", "▁ ▁", "a ▁"]
    while len(found) < count:
        kind, length = chance.random(), chance.choice([1, 2, 5, 12, 40])
        if kind < 0.25:
            parts = [" ".join(chance.choices(WORDS, k=length))]
        elif kind < 0.6:
            parts = [chance.choice([chance.choice(WORDS), chance.choice(PIECES)]) for _ in range(length)]
        elif kind < 0.75:
            parts = [chance.choice(WORDS)[:4]] * length
        else:
            codes = (chance.randrange(chance.choice([0x250, 0x3000, 0xD800])) for _ in range(length))
            codes = [*codes, chance.randrange(0xE000, 0x110000)]
            # Not side by side: in which order two combining signs come depends on the version of Unicode.
            parts = [chr(code) + chance.choice("aZ ") for code in codes if is_character(code)]
        found.append("".join(parts))
    return found


@pytest.fixture(scope="session")
def tokenize(npm_project, tmp_path_factory):
    """`tokenize([(tokenizer, texts), ...])` -> what the browser makes of the texts of each; one Node process."""
    folder = tmp_path_factory.mktemp("tokenizers")
    runtime = folder / "tokenizers.mjs"
    bundler = npm_project / "node_modules" / ".bin" / "esbuild"
    source = npm_project / "runtime" / "text" / "create.ts"
    subprocess.run([bundler, source, "--bundle", "--format=esm", f"--outfile={runtime}", "--log-level=error"],
                   check=True, timeout=60)

    def run(jobs: list[tuple]) -> list[list[dict]]:
        described = [{"tokenizer": tokenizer.to_json(), "texts": texts} for tokenizer, texts in jobs]
        (folder / "input.json").write_text(json.dumps(described), "utf-8")
        script = Path(__file__).parent / "tokenize.mjs"
        command = ["node", script, runtime, folder / "input.json", folder / "output.json"]
        subprocess.run(command, check=True, timeout=300)
        return json.loads((folder / "output.json").read_text("utf-8"))

    return run


def tokenizers() -> list:
    """Of each type one with all of its options, and one with none."""
    from keras_s2s.text import CharacterTokenizer, SentencePieceTokenizer, WordTokenizer

    return [CharacterTokenizer(), CharacterTokenizer(60, lowercase=True),
            WordTokenizer(), WordTokenizer(80, lowercase=True, split_punctuation=True),
            SentencePieceTokenizer(150), SentencePieceTokenizer(140, lowercase=True, character_coverage=0.98)]


def compare(tokenize, *jobs) -> None:
    for (tokenizer, texts), answers in zip(jobs, tokenize(jobs), strict=True):
        ids, surfaces = tokenizer.tokenize(texts)
        written = [text.decode() for text in tokenizer.detokenize(ids).numpy()]
        different = []
        for text, *python, answer in zip(texts, ids.to_list(), surfaces.to_list(), written, answers, strict=True):
            expected = {"ids": python[0], "surfaces": [s.decode() for s in python[1]], "text": python[2]}
            if answer != expected:
                different.append((tokenizer.to_json()["type"], text, expected, answer))
        assert different == []


@pytest.mark.parametrize("count", [3000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_both_languages_agree(tokenize, count):
    jobs = []
    for seed, tokenizer in enumerate(tokenizers()):
        tokenizer.adapt([" ".join(random.Random(i).sample(WORDS, 12)) for i in range(400)])
        texts = strings(count, seed)
        assert len(texts) == count
        jobs.append((tokenizer, texts))
    compare(tokenize, *jobs)


def test_both_languages_agree_on_every_code_point(tokenize):
    from keras_s2s.text import WordTokenizer

    tokenizer = WordTokenizer(lowercase=True, split_punctuation=True)
    tokenizer.adapt(WORDS)
    # Between letters, so that a code point that is a space, a mark or a combining sign shows what it does.
    codes = [code for code in range(0x110000) if is_character(code)]
    blocks = [codes[start:start + 64] for start in range(0, len(codes), 64)]
    compare(tokenize, (tokenizer, ["a" + "a".join(map(chr, block)) + "a" for block in blocks]))


@pytest.mark.skipif("KERAS_S2S_DATA" not in os.environ, reason="KERAS_S2S_DATA names no folder of real text")
def test_sentencepiece_agrees_on_real_text(tokenize):
    import gzip

    from keras_s2s.text import SentencePieceTokenizer

    path = Path(os.environ["KERAS_S2S_DATA"]) / "tatoeba" / "fra.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [side for line in lines for side in line.rstrip("\n").split("\t")[:2]]
    chance = random.Random(5)
    tokenizer = SentencePieceTokenizer(4000, character_coverage=0.999)
    tokenizer.adapt(chance.sample(texts, 20_000))
    joined = [" ".join(chance.sample(texts, chance.choice([1, 2, 20]))) for _ in range(5000)]
    compare(tokenize, (tokenizer, joined))
