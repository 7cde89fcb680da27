"""A small file of pairs and the options of a model that learns it in seconds."""

import io

import pytest

OPTIONS = ["model.units=12", "model.encoder_units=6", "model.embedding_units=8", "model.dropout=0.2",
           "training.epochs=3", "training.batch_size=16", "training.learning_rate=0.01"]


@pytest.fixture(scope="session")
def pairs_file(tmp_path_factory):
    """120 sources, written backwards; every third source has two targets."""
    words = [f"{first}{second}{number}" for first in "abcd" for second in "xyz" for number in range(10)]
    lines = [f"{word}\t{word[::-1]}" for word in words] + [f"{word}\t{word[::-1].upper()}" for word in words[::3]]
    path = tmp_path_factory.mktemp("pairs") / "pairs.tsv"
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.fixture(scope="session")
def run(pairs_file, tmp_path_factory):
    """A finished run: `(translator, its directory, what it said)`."""
    from rich.console import Console

    from keras_s2s.training.recipe import train

    out, console = tmp_path_factory.mktemp("runs") / "mine", Console(file=io.StringIO(), width=200)
    translator = train("characters", pairs_file, out, overrides=OPTIONS, console=console, command="keras-s2s train ...")
    return translator, out, console.file.getvalue()


class Stopped(BaseException):
    """As a kill, which no handler of errors sees."""


def stopped_after(patch, owner, name, calls):
    """Has a method or function of `owner` stop the run when it is called once more than so often."""
    ours, left = getattr(owner, name), [calls]

    def stopped(*given, **named):
        if not left[0]:
            raise Stopped
        left[0] -= 1
        return ours(*given, **named)

    patch.setattr(owner, name, stopped)


@pytest.fixture
def console():
    """A console whose text is in `console.file.getvalue()`."""
    from rich.console import Console

    return Console(file=io.StringIO(), width=200)
