"""A running demo with the shipped model and some that make trouble."""

import pytest

from keras_s2s.demo import DemoLimits, DemoModel
from keras_s2s.shipped import shipped_models

pytest.importorskip("gradio")


class Crashing:
    """A translator with a bug."""

    name, description, examples, model, config = "crashing", "Fails <b>always</b>", ["<i>1</i>"], None, {}

    def __call__(self, texts, **options):
        raise RuntimeError("a bug at /secret/path")

    trace = intervene = __call__


@pytest.fixture(scope="session")
def dates():
    """The shipped model."""
    from keras_s2s.translator import Translator

    return Translator.load("dates")


@pytest.fixture(scope="session")
def long(tiny):
    """`tiny`, but it reads and writes up to 400 tokens."""
    from keras_s2s.translator import Translator

    return Translator(tiny.model, tiny.source, tiny.target, name="long", max_source_tokens=400,
                      examples=["the <b>cat</b>"], target_length={"factor": 1.0, "offset": 0, "maximum": 300})


@pytest.fixture(scope="session")
def models(dates, long, without_attention):
    """Models by name."""
    from keras_s2s.translator import Translator

    return {
        "dates": DemoModel(dates, shipped_models()["dates"]), "long": DemoModel(long),
        "plain": DemoModel(without_attention), "crashing": DemoModel(Crashing()),
        "saved": DemoModel(Translator.load(shipped_models()["dates"] / "saved_model")),
    }


@pytest.fixture(scope="session")
def limits():
    return DemoLimits(characters=400, rows=20, file_bytes=20_000)


@pytest.fixture(scope="session")
def demo_url(models, limits):
    """The address of a demo that runs in this process."""
    from keras_s2s.demo import launch

    demo = launch(models, limits=limits, wait=False)
    yield demo.local_url
    demo.close(verbose=False)
