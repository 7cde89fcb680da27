"""Texts that break pages: every view shows them safely, inside the window."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

VIEWS = ["run&zoom=1", "run&zoom=2", "run&zoom=3", "states", "cell", "attention", "step", "alignment", "choices"]
SCRIPT = "<script>alert(1)</script>"
FAMILY = "👨‍👩‍👧‍👦"
TEXTS = {
    "script": ([SCRIPT, "<img src=x onerror=alert(1)>", "</s>"], ["&lt;b&gt;", SCRIPT, "</s>"]),
    "right to left": ([*"שלום עולם", "</s>"], ["مرحبا", "بالعالم", "</s>"]),
    "emoji": ([FAMILY, "🏳️‍🌈", "e\u0301", "</s>"], [FAMILY * 3, "👍🏽", "</s>"]),
    "long word": (["x" * 400, "</s>"], ["y" * 400, "</s>"]),
    "empty line": (["</s>"], []),
    "one step": (["</s>"], ["</s>"]),
}


def open_views(page, views):
    for view in views:
        # By the address, as a link would; the last step, where there is one.
        page.evaluate(f"location.hash = '#step=2&view={view}'")
        page.wait_for_timeout(60)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, view
        yield view


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("width", [360, 1200])
def test_every_view_shows_it(show, made_up, name, width):
    source, target = TEXTS[name]
    page = show(made_up(source, target), width=width, interventions="")
    dialogs: list = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for view in open_views(page, VIEWS):
        text = page.locator(".stage").inner_text()
        assert text.strip(), view
        if target and view == "run&zoom=1":
            shown = page.locator(".chip.target bdi").all_text_contents()
            assert shown[0][:5] == target[0][:5]
    assert page.locator(".stage script, .stage img").count() == 0
    assert dialogs == []
    expect(page.locator(".model")).to_have_text("<b>made up</b>")


def test_a_script_stands_in_the_alignment_as_text(show, made_up):
    page = show(made_up(*TEXTS["script"]), "view=alignment&step=3")
    titles = page.locator(".map-row").evaluate_all("(rows) => rows.map((row) => row.title)")
    assert titles == TEXTS["script"][1]
    expect(page.locator(".map-sentence")).to_contain_text("Writing “</s>”")


def test_emoji_families_stay_together_when_they_are_cut(show, made_up):
    page = show(made_up(["a", "</s>"], [FAMILY * 20, "</s>"]), "view=alignment&step=2")
    assert page.locator(".map-row bdi").first.text_content() == FAMILY * 13 + "…"


def test_three_hundred_tokens_stay_usable(show, made_up):
    source = [f"w{place}" for place in range(299)] + ["</s>"]
    page = show(made_up(source, source), "step=150", width=390)
    for view in open_views(page, VIEWS):
        page.evaluate("location.hash = location.hash.replace(/step=\\d+/, 'step=150')")
        if view != "choices":
            expect(page.locator(".now")).to_contain_text("of 300")
    for view, row, frame in [("alignment", ".map-row.current", ".map-scroll"),
                             ("attention", ".attention-row.most", ".attention-rows")]:
        page.evaluate(f"location.hash = '#view={view}&step=150'")
        expect(page.locator(row)).to_have_count(1)
        box, around = page.locator(row).bounding_box(), page.locator(frame).bounding_box()
        assert around["y"] - 1 <= box["y"] <= around["y"] + around["height"] - box["height"] + 1


def test_an_empty_line_says_what_there_is(show, made_up):
    page = show(made_up(["</s>"], []), "view=alignment")
    expect(page.locator(".now")).to_have_text("Reads “</s>” · 1 of 1")
    page.locator(".mechanics").focus()
    for key in ["ArrowRight", "Space", "End", "ArrowLeft"]:
        page.keyboard.press(key)
    expect(page.locator(".now")).to_have_text("Reads “</s>” · 1 of 1")
