"""Loading, starting, and what can go wrong with it."""

import socket
import subprocess
import sys

import pytest

from keras_s2s.demo import build_demo, launch, load_translators
from keras_s2s.errors import UserError


def test_no_model():
    with pytest.raises(UserError, match="The demo got no model"):
        build_demo({})


def test_a_port_in_use(translators):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UserError, match="--port"):
            launch(translators, port=taken.getsockname()[1], wait=False)


def test_models_of_one_name_are_numbered(monkeypatch, translators):
    import keras_s2s.translator

    class Translator:
        @staticmethod
        def load(model):
            return translators[model]

    monkeypatch.setattr(keras_s2s.translator, "Translator", Translator)
    loaded = load_translators(["letters", "words", "letters", "letters"])
    assert list(loaded) == ["letters", "words", "letters (2)", "letters (3)"]


def test_an_unknown_model():
    with pytest.raises(UserError, match="no-such-model"):
        load_translators(["no-such-model"])


def test_without_gradio_it_says_what_to_install(monkeypatch, translators):
    monkeypatch.setitem(sys.modules, "gradio", None)
    with pytest.raises(UserError, match=r"keras-s2s\[demo\]"):
        build_demo(translators)


def test_importing_it_loads_neither_gradio_nor_tensorflow():
    code = "import sys, keras_s2s.demo; print({'gradio', 'tensorflow'} & sys.modules.keys())"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"
