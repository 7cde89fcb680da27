"""Addresses that open a sentence."""

import pytest

from keras_s2s.demo import DemoLimits, DemoModel
from keras_s2s.demo.link import Link, read_link
from keras_s2s.demo.model_desk import ModelDesk


@pytest.fixture
def desk(tiny, words):
    return ModelDesk({"mine": DemoModel(tiny), "other": DemoModel(words)}, DemoLimits())


@pytest.mark.parametrize("fragment, link", [
    ("#model=other&text=a+b%26c&view=cell", Link("a b&c", "other")),
    ("model=words&text=a", Link("a", "other")),  # the model's own name, as the view writes it
    ("#model=unknown&text=a", Link("a", "mine")),
    ("#text=a", Link("a", "mine")),
    ("#model=other", None), ("#text=%20", None), ("", None), (None, None), ("#a=1;%zz&text", None),
])
def test_links(desk, fragment, link):
    assert read_link(fragment, desk) == link
