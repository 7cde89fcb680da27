"""Texts that are longer than what a model reads: the page and the API say so."""

from types import SimpleNamespace

import gradio
import pytest

from keras_s2s.demo import DemoLimits, DemoModel
from keras_s2s.demo.batch_tab import BatchTab
from keras_s2s.demo.changes import Changes
from keras_s2s.demo.intervene_tab import InterveneTab
from keras_s2s.demo.look_inside_tab import LookInsideTab
from keras_s2s.demo.model_desk import ModelDesk
from keras_s2s.demo.translate_tab import TranslateTab
from keras_s2s.demo.translation_html import as_json
from keras_s2s.errors import UserError

SHORT, LONG = "march 3rd, 1999", "march 3rd, 1999 and a lot more text than dates reads, for example may 5th, 2020"
NOTE = "read only the beginning of this text,</b> its first 64 tokens"


@pytest.fixture
def desk(dates):
    return ModelDesk({"dates": DemoModel(dates)}, DemoLimits())


def tab_of(kind, desk):
    with gradio.Blocks():
        given = {TranslateTab: ("", "dates", 1), BatchTab: gradio.State("dates")}
        return kind(gradio, desk, given.get(kind, [gradio.State(None) for _ in range(3)]))


def shown(tab, text):
    """The HTML that a tab shows for a text."""
    values = tab.show(text, "dates", 1).values()
    return "".join(value if isinstance(value, str) else str(getattr(value, "value", "")) for value in values)


@pytest.mark.parametrize("kind", [TranslateTab, LookInsideTab, InterveneTab])
def test_tabs(desk, kind):
    tab = tab_of(kind, desk)
    assert NOTE in shown(tab, LONG)
    assert NOTE not in shown(tab, SHORT)


def test_the_changed_run(desk):
    inside, changed = tab_of(LookInsideTab, desk), tab_of(InterveneTab, desk)
    event = SimpleNamespace(_data={"kind": "swap", "word": "march", "text": "may"})
    found = inside._rerun()((LONG, "dates", 1), Changes(), event)
    assert NOTE in found[inside.message].value and "Changed" in found[inside.message].value
    assert NOTE not in inside._rerun()((SHORT, "dates", 1), Changes(), event)[inside.message].value
    form = {"step": None, "token": None, "mute": [], "row": None, "look": [], "word": "march", "other": "may"}
    assert changed._run(((LONG, "dates", 1), [], 65), **form).count(NOTE) == 2  # before and after
    behind = changed._run(((LONG, "dates", 1), [], 65), **{**form, "word": "2020", "other": "2021"})
    assert "changes nothing that the model reads" in behind


def test_the_api(desk):
    assert [as_json(desk.translate(text, "dates"))["truncated"] for text in (SHORT, LONG)] == [False, True]
    assert desk.trace(LONG, "dates").to_dict()["source"]["truncated"] is True
    with pytest.raises(UserError, match="first 64 tokens"):
        desk.intervene(LONG, "dates", swap={"2020": "2021"})


def test_a_file(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "cache"))
    tab = tab_of(BatchTab, desk)
    monkeypatch.setattr(gradio, "Progress", lambda: lambda *given, **named: None)
    (tmp_path / "a.txt").write_text(f"{SHORT}\n{LONG}\n\n{LONG}\n")
    html, _ = tab._show(str(tmp_path / "a.txt"), "dates", 1)
    assert "read only the beginning of 2 lines, 2, 4:" in html
    (tmp_path / "b.txt").write_text(f"{SHORT}\n{LONG}\n")
    assert "read only the beginning of line 2:" in tab._show(str(tmp_path / "b.txt"), "dates", 1)[0]
    (tmp_path / "c.txt").write_text(f"{SHORT}\n")
    assert "only the beginning" not in tab._show(str(tmp_path / "c.txt"), "dates", 1)[0]


def test_a_view_that_has_no_run(desk):
    inside = tab_of(LookInsideTab, desk)
    event = SimpleNamespace(_data={"kind": "mute", "position": 0})
    assert "no run to change yet" in inside._rerun()(None, Changes(), event)[inside.message].value
    for nothing in ("abc", [1], 3):
        event._data = nothing
        assert "view asked for" in inside._rerun()((SHORT, "dates", 1), Changes(), event)[inside.message].value
