"""A model without attention: the one vector, what each step gets of it, and where the first state comes from."""

import copy

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PIXELS = """(canvas) => [...canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data].join()"""


@pytest.fixture
def plain(made_up):
    """`plain(context_use)`: a made-up trace of a model without attention."""
    def make(context_use):
        trace = made_up([*"abcd", "</s>"], ["x", "y", "</s>"])
        trace |= {"attend_order": None, "context_use": context_use, "readout": "state", "score_formula": None}
        context = None if context_use == "initial" else trace["steps"][0]["context"]
        for step in trace["steps"]:
            step |= {"query": None, "scores": None, "weights": None, "context": copy.copy(context)}
        if context_use == "every_step":
            trace["initial_state"] = [{"hidden": [0.0] * 8, "cell": None}]
        return trace

    return make


@pytest.mark.parametrize("view", ["attention", "alignment"])
def test_every_step_gets_the_one_vector(show, plain, view):
    page = show(plain("every_step"), f"view={view}&read=3")
    expect(page.locator(".funnel path:not(.future)")).to_have_count(3)
    expect(page.locator(".bottleneck-one .strip.empty")).to_have_count(1)
    page.evaluate(f"location.hash = '#view={view}&step=2'")
    rows = page.locator(".bottleneck-row:visible")
    expect(rows).to_have_count(2)
    assert page.locator(".funnel path:not(.future)").count() == 5
    one = page.locator(".bottleneck-one canvas").evaluate(PIXELS)
    assert [row.locator("canvas").evaluate(PIXELS) for row in rows.all()] == [one, one]
    expect(page.locator(".caption")).to_contain_text("no attention")
    page.get_by_role("button", name="See it in one step").click()
    expect(page.get_by_role("tab", name="One step")).to_have_attribute("aria-selected", "true")


def test_a_token_is_not_told_before_it_is_chosen(show, plain):
    page = show(plain("every_step"), "view=attention&step=2&at=context")
    labels = page.locator(".bottleneck-row:visible .token-label")
    expect(labels.nth(0)).to_be_visible()
    expect(labels.nth(1)).to_be_hidden()
    page.locator("[data-step='1']").click()
    page.locator("[data-step='1']").click()
    expect(labels.nth(1)).to_be_visible()


def test_only_the_first_state_has_it_where_the_model_reads_no_context(show, plain):
    page = show(plain("initial"), "view=attention&step=3")
    rows = page.locator(".bottleneck-row:visible")
    expect(rows).to_have_count(3)
    assert rows.nth(0).locator("canvas").count() == 1
    assert [rows.nth(place).text_content() for place in (1, 2)] == [
        "ynothing more: only what is left of it in s₁", "</s>nothing more: only what is left of it in s₂"]


def test_one_step_tells_where_the_first_state_comes_from(show, plain):
    page = show(plain("initial"), "view=step&step=1&at=input")
    title = page.locator(".node.previousState .node-title")
    expect(title).to_have_text("s₀ from the encoder")
    expect(page.locator(".caption")).to_have_text("All that the decoder knows of the source is in this one vector.")
    expect(page.locator(".node.source .operation")).to_have_text("Encoder")
    assert page.locator(".wire.past").count() == 0
    page.evaluate("location.hash = '#view=step&step=2&at=input'")
    expect(title).to_have_text("s₁ previous state")
    expect(page.locator(".wire.past")).to_be_hidden()
    expect(page.locator(".node.source")).to_contain_text("before step 1 only")
    page = show(plain("every_step"), "view=step&step=1&at=input")
    expect(page.locator(".node.previousState .node-title")).to_have_text("s₀ previous state")
    assert page.locator(".node.source").count() == 0


def test_titles_without_room_keep_their_symbols(show, made_up):
    trace = made_up([f"w{place}" for place in range(12)], ["x", "y", "</s>"]) | {"context_use": "input_feeding"}
    page = show(trace, "view=step&step=2", width=390)
    words = page.locator(".node.previousVector .node-words")
    expect(page.locator(".node.previousVector b")).to_have_text("a₁")
    expect(words).to_be_hidden()
    widths = page.locator(".node-title").evaluate_all("(all) => all.map((one) => [one.scrollWidth, one.clientWidth])")
    assert widths and all(needed <= given for needed, given in widths)
    page.set_viewport_size({"width": 1200, "height": 900})
    expect(words).to_be_visible()
