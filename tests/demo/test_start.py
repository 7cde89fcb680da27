"""Loading, starting, and what can go wrong with it."""

import socket
import subprocess
import sys

import pytest

from keras_s2s.demo import build_demo, launch, load_models
from keras_s2s.demo.look_inside_tab import mechanics_script
from keras_s2s.errors import UserError
from keras_s2s.shipped import shipped_models


def test_no_model():
    with pytest.raises(UserError, match="The demo got no model"):
        build_demo({})


def test_a_port_in_use(models):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UserError, match="--port"):
            launch(models, port=taken.getsockname()[1], wait=False)


def test_models_get_the_names_given_and_numbers_where_two_are_the_same(already_loaded, tiny_directory):
    loaded = load_models([str(tiny_directory), f"mine={tiny_directory}", "dates", "mine=dates"])
    assert list(loaded) == ["tiny", "mine", "tiny (2)", "mine (2)"]
    assert loaded["tiny"].directory == tiny_directory
    assert loaded["mine (2)"].directory == shipped_models()["dates"]


@pytest.mark.parametrize("argument, message", [("no-such-model", "no-such-model"), ("a=no-such", "no-such"),
                                               ("a=", "NAME=MODEL")])
def test_an_unknown_model(argument, message):
    with pytest.raises(UserError, match=message):
        load_models([argument])


def test_without_gradio_it_says_what_to_install(monkeypatch, models):
    monkeypatch.setitem(sys.modules, "gradio", None)
    with pytest.raises(UserError, match=r"keras-s2s\[demo\]"):
        build_demo(models)


def test_importing_it_loads_neither_gradio_nor_tensorflow():
    code = "import sys, keras_s2s.demo; print({'gradio', 'tensorflow', 'matplotlib', 'pandas'} & sys.modules.keys())"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"


def test_the_component_cannot_end_its_script():
    assert mechanics_script().count("</script") == 1
