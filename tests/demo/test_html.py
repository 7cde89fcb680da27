"""Whatever users and models say stays text."""

import re
from html.parser import HTMLParser

import pytest
from nasty_texts import NASTY

from keras_s2s.demo import DemoModel
from keras_s2s.demo.card_html import about_html
from keras_s2s.demo.intervention_html import alone, compared
from keras_s2s.demo.page_html import hint, isolated, percent, problem, table
from keras_s2s.demo.translation_html import details
from keras_s2s.errors import UserError


class _Tags(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.text, self.open = set(), set(), "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def check(html, links=False):
    """The HTML is balanced and has no element that could do anything by itself; links only where a card may have some.
    Gives its text."""
    found = _Tags(html)
    assert not found.open
    tags, attributes = {"script", "img", "iframe", "svg", "style", "link"}, {"src"}
    if not links:
        tags, attributes = tags | {"a"}, attributes | {"href"}
    assert not found.tags & tags
    assert not {name for name in found.attributes if name.startswith("on")} | (found.attributes & attributes)
    return found.text


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_nasty_sentences(long, text):
    check(details(long(text, beam_size=3, n_best=3)))
    check(alone(long.trace(text)))
    shown = check(compared(long.intervene(text, force={0: "a"}), ["token 1 is forced", text]))
    assert re.search(r"\d+ of \d+ tokens|Nothing changed", shown)
    assert text in shown


def test_an_error_is_told_in_its_three_parts():
    assert check(problem(UserError("got <b>", "expected <i>", "take & go"))) == "Got <b>Expected <i>Take & go."


def test_a_bug_is_logged_and_not_shown(caplog):
    assert "secret" not in check(problem(RuntimeError("secret")))
    assert "secret" in caplog.text


def test_pieces():
    assert check(hint("<b>")) == "<b>"
    assert check(isolated("<b>")) == "<b>"
    assert check(table(["<b>", "n"], [["<bdi>x</bdi>", "1"]], '"><script>', (1,))) == "<b>nx1"
    assert [percent(share) for share in (1, 0.4567, 0.001, 0.0001)] == ["100.0 %", "45.7 %", "0.1 %", "< 0.1 %"]


def test_changed_tokens_are_marked_on_both_sides(dates):
    found = dates.intervene("March 3rd, 1999", force={3: "7"})
    html = compared(found, [])
    before, after = html.split("<section>")[1:]
    assert re.findall(r'class="s2s-removed"[^>]*><bdi>(.*?)</bdi>', before) == ["9"]
    assert re.findall(r'class="s2s-changed s2s-forced"[^>]*><bdi>(.*?)</bdi>', after) == ["7"]
    assert "1 of 11 tokens" in html
    chance = next(one["probability"] for one in found.before.steps[3].top_k if one["token"] == "9")
    assert f'title="step 4, probability {chance:.3f}"' in before


def test_a_model_without_attention_says_so(without_attention):
    assert "no attention to look at" in check(alone(without_attention.trace("abba")))


def test_about_a_model(models):
    text = check(about_html("dates", models["dates"]))
    for part in ("keras-s2s train dates", "187,151", "GRU, 64 units, bidirectional", "MIERCOLES 17 / 11 / 1943",
                 "Bahdanau attention, after the cell", "99.80 %", "Exact match by language"):
        assert part in text
    assert "in its first state and in every step" in check(about_html("plain", models["plain"]))
    for name in ("crashing", "saved"):
        assert "keeps no description" in check(about_html(name, models[name]))


def test_a_card_cannot_do_anything(long, tmp_path):
    (tmp_path / "card.md").write_text(
        "# <script>alert(1)</script>\n\n![a](https://example.org/a.png) <b> [x](javascript:alert(1))\n\n"
        "| a | b |\n|---|---|\n| `x|y` | 1 |\n")
    (tmp_path / "results.json").write_text('{"test": {"count": 1, "exact_match": "<b>"}}')
    html = about_html("<i>", DemoModel(long, tmp_path))
    assert "<code>x|y</code></td>" in html
    assert "results in the model directory cannot be read" in check(html, links=True)
    assert "javascript" not in html.replace("[x](javascript:alert(1))", "")
    (tmp_path / "card.md").unlink()
    assert "<i>" in check(about_html("<i>", DemoModel(long, tmp_path)))
