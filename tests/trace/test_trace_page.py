"""Traces as pages: what holds without a browser. `tests/browser/test_trace_page.py` opens them."""

import base64
import hashlib
import html
import json
import re
import sys
import types
from pathlib import Path

import numpy as np
import pytest

from keras_s2s import page_display
from keras_s2s.errors import UserError
from keras_s2s.trace import Trace
from keras_s2s.trace_page import as_script_data, trace_page

HOSTILE = "</script><!--<script>alert(1)</script> \u2028\u2029 & \" '"


@pytest.fixture(scope="module")
def trace(tiny):
    return tiny.trace(HOSTILE)


def scripts(page):
    """The contents of the page's scripts, as an HTML parser sees them: data, component, start."""
    return re.findall(r"<script[^>]*>(.*?)</script", page, flags=re.DOTALL | re.IGNORECASE)


def test_the_data_are_the_traces(trace, tiny):
    other = tiny.trace("cat")
    for page, traces in ((trace.to_html(), [trace]), (trace.to_html(other), [trace, other])):
        assert len(scripts(page)) == 3 and "<!--" not in page
        assert json.loads(scripts(page)[0]) == [one.to_dict() for one in traces]


def test_nothing_in_the_data_ends_a_script_or_a_line():
    text = as_script_data([HOSTILE])
    assert not re.search("[<\u2028\u2029]", text) and json.loads(text) == [HOSTILE]


def test_the_policy_allows_what_stands_in_the_page_and_nothing_else(trace):
    page = trace.to_html()
    policy = dict(part.split(" ", 1) for part in re.search(r'Policy" content="([^"]*)"', page)[1].split("; "))
    digests = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
               for script in scripts(page)[1:]]
    assert policy["script-src"].split() == digests and policy["default-src"] == "'none'"
    # None but the names of SVG's elements, which are no addresses.
    assert not re.search(r"https?://(?!www\.w3\.org/)", page.replace(scripts(page)[0], ""))
    assert html.escape(HOSTILE) in re.search("<title>(.*?)</title>", page, flags=re.DOTALL)[1]


def test_files(trace, tmp_path):
    trace.save_html(tmp_path / "new" / "trace.html")
    assert (tmp_path / "new" / "trace.html").read_text("utf-8") == trace.to_html()
    trace.save(tmp_path / "trace.json")
    assert Trace.load(tmp_path / "trace.json").to_html() == trace.to_html()


def test_an_intervention_shows_both_runs(tiny, tmp_path):
    found = tiny.intervene("the cat", force={0: "a"})
    found.save_html(tmp_path / "both.html")
    before, after = json.loads(scripts((tmp_path / "both.html").read_text("utf-8"))[0])
    assert (before, after) == (found.before.to_dict(), found.after.to_dict())


@pytest.fixture
def notebook(monkeypatch):
    """Stands for a notebook: `displayed` gets what it shows; without `kernel` it is IPython in a terminal."""
    displayed = []
    shell = types.SimpleNamespace(kernel=object())
    display = types.ModuleType("IPython.display")
    display.HTML, display.display = str, displayed.append
    ipython = types.ModuleType("IPython")
    ipython.get_ipython, ipython.display = lambda: shell, display
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    shell.displayed = displayed
    return shell


def test_show_in_a_notebook(trace, notebook, monkeypatch):
    monkeypatch.setattr(page_display, "open_in_browser", pytest.fail)
    trace.show(height=500)
    (shown,) = notebook.displayed
    frame = re.fullmatch(r'<div><iframe sandbox="allow-scripts" srcdoc="([^"]*)" [^<>]*></iframe></div>', shown)
    assert html.unescape(frame[1]) == trace_page([trace], fragment=False) and "height: 500px" in shown
    assert '<seq2seq-mechanics fragment="off">' in html.unescape(frame[1])


@pytest.mark.parametrize("where", ["python", "ipython in a terminal"])
def test_show_elsewhere(trace, notebook, monkeypatch, capsys, where):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    if where == "python":
        monkeypatch.delitem(sys.modules, "IPython")
    else:
        notebook.kernel = None
    trace.show(compare=trace)
    path = Path(capsys.readouterr().err.strip())
    assert opened == [path.as_uri()] and path.read_text("utf-8") == trace.to_html(compare=trace)
    assert notebook.displayed == []


def test_the_attention_of_a_trace_is_that_of_the_translation(tiny, without_attention, tmp_path, eager):
    trace, answer = tiny.trace("the cat"), eager(tiny)("the cat")
    pictures = [one.plot(tmp_path / f"{name}.svg", title="x") for name, one in (("trace", trace), ("answer", answer))]
    weights = [picture.axes[0].get_images()[0].get_array() for picture in pictures]
    np.testing.assert_allclose(*weights, atol=1e-5)
    assert all((tmp_path / name).read_text("utf-8").startswith("<?xml") for name in ("trace.svg", "answer.svg"))
    for empty, message in ((without_attention.trace("abba"), "no attention to draw"),
                           (tiny.trace(""), "0 target tokens")):
        with pytest.raises(UserError, match=f"(?i){message}"):
            empty.plot()
