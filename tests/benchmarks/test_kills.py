"""A run that is killed ends with the weights of one that is not."""

import random
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
OPTIONS = {"model.units": 64, "model.encoder_units": 32, "model.embedding_units": 32, "model.dropout": 0.3,
           "training.batch_size": 32, "training.epochs": 8, "training.checkpoint_steps": 20,
           "training.validate_every_steps": 50, "training.ema_decay": 0.99, "training.word_dropout": 0.1,
           "training.scheduled_sampling": "exponential", "training.average_best": 2, "training.label_smoothing": 0.1,
           "source.tokenizer": "sentencepiece", "source.vocabulary_size": 60, "training.subword_alpha": 0.3}


@pytest.mark.training
def test_same_bits_after_kills(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    import kills

    chance = random.Random(3)
    words = ["".join(chance.choices("abcdefgh", k=chance.randint(3, 12))) for _ in range(2000)]
    (tmp_path / "pairs.tsv").write_text("".join(f"{word}\t{word[::-1]}\n" for word in dict.fromkeys(words)))
    options = [word for name, value in OPTIONS.items() for word in ("--set", f"{name}={value}")]
    found = kills.compare(["characters", "--data", str(tmp_path / "pairs.tsv"), *options], tmp_path, kills=2,
                          chance=chance)
    assert found["identical"], found
    assert found["same_history"], found
    assert len(found["kills"]) == 2
