"""A translator that only looks like one, and the running demo."""



import numpy as np
import pytest

from keras_s2s.errors import UserError
from keras_s2s.translation import Translation

pytest.importorskip("gradio")


class FakeTranslator:
    """Upper-cases its text; every target letter looks at its source letter."""

    def __init__(self, name, examples, words=False):
        self.name, self.examples, self.words = name, examples, words
        self.description = f"Upper-cases <{name}>"
        self.config = {}

    def __call__(self, text):
        if "refuse" in text:
            raise UserError("the text holds 'refuse'", "expected another <b>text</b>", "leave it out")
        if "crash" in text:
            raise RuntimeError("a bug at /secret/path")
        source = [*(text.split() if self.words else text), "</s>"]
        target = [*(token.upper() for token in source[:-1]), "</s>"] if text else []
        attention = np.eye(len(target), len(source), dtype=np.float32) * 0.9 + 0.1 / len(source)
        log_probs = np.full(len(target), -0.01, np.float32)
        return Translation(
            source=text,
            text=text.upper(),
            score=-0.01 if text else 0.0,
            tokens=target,
            log_prob=float(log_probs.sum()),
            source_tokens=source,
            attention=attention,
            token_log_probs=log_probs,
        )


@pytest.fixture(scope="session")
def translators():
    """Two models by name."""
    return {
        "letters": FakeTranslator("letters", ["march 3rd, 1999", "2024年3月5日", "<b>bold</b> & ${1+1}"]),
        "words": FakeTranslator("words", ["a short sentence"], words=True),
    }


@pytest.fixture(scope="session")
def demo_url(translators):
    """The address of a demo that runs in this process."""
    from keras_s2s.demo import launch

    demo = launch(translators, most_characters=300, wait=False)
    yield demo.local_url
    demo.close(verbose=False)
