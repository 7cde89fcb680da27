"""The time: playing, stepping, jumping, and a link that leads to a moment."""

import itertools
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def eventually(page, expression):
    """Waits until a JavaScript expression holds; the page's policy forbids Playwright's own way to do that."""
    for _ in range(400):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(25)
    pytest.fail(f"never: {expression}")


def focus(page):
    page.locator(".mechanics").focus()


def test_it_plays_to_the_end_and_stops_there(show, dates):
    page = show(dates, "view=alignment&step=8&speed=4")
    focus(page)
    page.keyboard.press("Space")
    steps = len(dates["target_tokens"])
    expect(page.locator(".now")).to_contain_text(f"step {steps} of {steps}", timeout=10_000)
    expect(page.locator(".round.play")).to_have_attribute("aria-label", "Play")
    rows = page.locator(".map-row:not(.future)").all_text_contents()
    assert rows == dates["target_tokens"]


def test_playing_goes_from_the_encoder_over_into_the_decoder(show, dates):
    page = show(dates, f"read={len(dates['source']['tokens']) - 1}&speed=4")
    page.evaluate("""() => {
      window.moments = [];
      addEventListener("mechanics-change", ({ detail: { moment } }) => window.moments.push(moment.part + moment.index));
    }""")
    page.locator(".round.play").click()
    eventually(page, "window.moments.includes('decoder2')")
    page.locator(".round.play").click()
    moments = [moment for moment, _ in itertools.groupby(page.evaluate("window.moments"))]
    assert moments[:5] == ["encoder14", "encoder15", "decoder0", "decoder1", "decoder2"]
    expect(page.locator(".round.play")).to_have_attribute("aria-label", "Play")
    still = page.locator(".now").text_content()
    page.wait_for_timeout(400)
    assert page.locator(".now").text_content() == still


def test_keys_move_the_time(show, dates):
    page = show(dates, "view=states&step=4")
    focus(page)
    for key, expected in [("ArrowLeft", "step 3 of 11"), ("ArrowRight", "step 4 of 11"), ("Home", "1 of 16"),
                          ("End", "step 11 of 11"), ("ArrowRight", "step 11 of 11")]:
        page.keyboard.press(key)
        expect(page.locator(".now")).to_contain_text(expected)


def test_the_views_of_one_step_go_phase_by_phase(show, dates):
    page = show(dates, "view=attention&step=4&at=scores")
    expect(page.locator(".now")).to_have_text("Step 4 of 11 · scores")
    expect(page.locator(".weight .bar-text").first).to_be_hidden()
    page.locator("[data-step='1']").click()
    expect(page.locator(".now")).to_have_text("Step 4 of 11 · softmax")
    expect(page.locator(".weight .bar-text").first).to_be_visible()


def test_a_cell_of_the_alignment_leads_to_its_step(show, dates):
    page = show(dates, "view=alignment&step=11")
    box = page.locator(".map-cells").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 14.5 / 16, box["y"] + box["height"] * 3.5 / 11)
    expect(page.locator(".now")).to_contain_text("step 4 of 11")
    weight = dates["steps"][3]["weights"][14]
    expect(page.locator(".readout")).to_have_text(f"Writing “9”, looking at “9”: {weight:.3f}")
    expect(page.locator(".map-row:not(.future)")).to_have_count(4)


def test_the_alignment_is_walked_through_with_keys(show, dates):
    page = show(dates, "view=alignment&step=11")
    page.locator(".map-cells").focus()
    for key in ["ArrowDown", "ArrowDown", "ArrowRight", "Enter"]:
        page.keyboard.press(key)
    expect(page.locator(".now")).to_contain_text("step 3 of 11")
    expect(page.locator(".readout")).to_contain_text("looking at “a”")


def test_the_slider_jumps(show, dates):
    page = show(dates, "view=run&step=2")
    slider = page.locator(".slider input")
    box = slider.bounding_box()
    page.mouse.click(box["x"] + box["width"] - 12, box["y"] + box["height"] / 2)
    expect(page.locator(".now")).to_contain_text("step 11 of 11")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("step 11 of 11"))


def test_the_address_holds_the_view_and_leads_to_it(show, dates):
    page = show(dates, "view=attention&step=4&at=scores&present=1&lang=zh&theme=dark")
    expect(page.locator(".mechanics")).to_have_class("mechanics present")
    expect(page.locator(".mechanics")).to_have_attribute("data-theme", "dark")
    expect(page.locator("[role=tab][aria-selected=true]")).to_have_text("注意力")
    page.locator("[role=tab]").nth(5).click()
    eventually(page, "location.hash.includes('view=alignment')")
    fragment = page.evaluate("location.hash")
    assert {"model=dates", "text=march+3rd%2C+1999", "step=4", "present=1", "lang=zh"} <= set(fragment[1:].split("&"))
    page.evaluate("location.hash = '#model=dates&text=march+3rd%2C+1999&view=choices&step=7'")
    expect(page.locator(".now")).to_contain_text("step 7 of 11")  # in the page's own language again
    expect(page.locator(".choice-bars")).to_be_visible()


def test_another_sentence_in_the_address_is_asked_for(show, dates):
    page = show(dates)
    page.evaluate("document.addEventListener('mechanics-request', (event) => { window.asked = event.detail; })")
    page.evaluate("location.hash = '#model=dates&text=may+1&step=2'")
    eventually(page, "window.asked")
    assert page.evaluate("window.asked") == {"model": "dates", "text": "may 1"}


def test_the_sentence_that_is_there_is_not_asked_for(show, page, dates):
    page.add_init_script("addEventListener('mechanics-request', (event) => { window.asked = event.detail; })")
    show(dates, "model=dates&text=march+3rd%2C+1999&view=states")
    assert page.evaluate("window.asked") is None
    show(dates, "model=dates&text=may+1&view=states")
    eventually(page, "window.asked")
    assert page.evaluate("window.asked") == {"model": "dates", "text": "may 1"}


def test_it_leaves_the_address_alone_where_it_is_told_so(show, dates):
    page = show(dates, "view=states&step=4", fragment="off")
    expect(page.locator("[role=tab][aria-selected=true]")).to_have_text("Run")
    page.locator("[role=tab]").nth(5).click()
    expect(page.locator(".map-cells")).to_be_visible()
    assert page.evaluate("location.hash") == "#view=states&step=4"


def test_what_is_no_trace_is_said(show, page, dates):
    page = show(dates)
    page.evaluate("document.querySelector('seq2seq-mechanics').trace = { schema_version: 7 }")
    expect(page.locator(".message")).to_have_text("This trace has schema_version 7; version 1 can be shown.")
    page.evaluate("document.querySelector('seq2seq-mechanics').setAttribute('src', 'nowhere.json')")
    expect(page.locator(".message")).to_contain_text("nowhere.json: 404")
