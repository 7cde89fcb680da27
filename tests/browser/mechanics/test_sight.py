"""What a moment shows is in sight, above the bar of the time."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def hidden_part(page, selector):
    """How many pixels of an element lie under the bar, or outside of the window."""
    box, bar = page.locator(selector).first.bounding_box(), page.locator(".timeline").bounding_box()
    return max(box["y"] + box["height"] - bar["y"], -box["y"], 0)


@pytest.mark.parametrize(("width", "height", "link"), [(390, 844, ""), (1440, 900, "&present=1")])
@pytest.mark.parametrize(("view", "result"), [("step", ".node.token .written"), ("attention", ".sum-row"),
                                              ("alignment", ".map-sentence")])
@pytest.mark.parametrize("order", ["after", "before"])
def test_a_step_s_result_is_above_the_bar(show, made_up, width, height, link, view, result, order):
    words = [f"word{place}" for place in range(25)]
    trace = made_up([*words, "</s>"], [*words, "</s>"]) | {"attend_order": order, "readout": "deep"}
    page = show(trace, f"view={view}&step=24{link}", width=width)
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(150)
    assert hidden_part(page, result) <= 1


@pytest.mark.parametrize(("link", "end", "results"), [
    ("view=step&step=4&at=input", "Step 5 of 11 · input", [".node.token", ".node.memory"]),
    ("view=attention&step=4&at=scores", "Step 5 of 11 · input", [".sum-row", ".query-row"]),
    ("view=run&zoom=2&read=16", "step 1 of 11", [".half.decoder"])])
def test_who_steps_is_taken_to_where_something_happens(show, page, dates, link, end, results):
    page.emulate_media(reduced_motion="reduce")
    show(dates, link, width=390)
    page.set_viewport_size({"width": 390, "height": 460})
    page.wait_for_timeout(150)
    assert hidden_part(page, results[0]) > 5
    forward = page.locator("[data-step='1']")
    for _ in range(10):
        forward.click()
        page.wait_for_timeout(60)
        if page.locator(".node.token.active, .attention-body[data-reached=context], .half.decoder.working").count():
            assert hidden_part(page, results[0]) <= 1
        if end in page.locator(".now").text_content():
            break
    expect(page.locator(".now")).to_contain_text(end)
    assert hidden_part(page, results[-1]) <= 1


def test_nobody_is_fetched_back_who_has_gone_elsewhere(show, page, dates):
    page.emulate_media(reduced_motion="reduce")
    show(dates, "view=step&step=4&at=input", width=390)
    page.evaluate("document.body.style.paddingBottom = '3000px'")
    page.evaluate("scrollTo(0, 2500)")
    page.locator("[data-step='1']").evaluate("(button) => button.click()")
    page.wait_for_timeout(100)
    assert page.evaluate("scrollY") == 2500
