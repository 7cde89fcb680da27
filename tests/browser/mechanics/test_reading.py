"""Numbers for those without a mouse: by a finger, by keys."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def tap(browser, page, show, dates):
    """`tap(selector, x, y)` taps with a finger on the page that `show` has opened, at a share of an element's size."""
    session = page.context.new_cdp_session(page)

    def finger(selector, x, y):
        box = page.locator(selector).first.bounding_box()
        point = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        page.wait_for_timeout(400)  # a browser makes a click of it, a moment later

    return finger


@pytest.mark.parametrize(("view", "picture", "told"), [
    ("states", ".panel.decoder .state-field", "s₂ · units"), ("attention", ".sum-row .strip", "c₄ · units"),
    ("cell", ".cell-row.newState .strip", "s₄ · units"), ("step", ".node.memory canvas", "h₂ · units"),
    ("alignment", ".map-cells", "Writing “9”, looking at “a”"), ("run&zoom=2", ".memory-field canvas", "h")])
def test_a_finger_s_number_stays_until_the_next_tap(show, page, dates, tap, view, picture, told):
    show(dates, f"view={view}&step=4", width=390)
    readout = page.locator(".readout")
    expect(readout).to_contain_text("coloured cell")
    tap(picture, 1.5 / 11 if view == "states" else 0.11, 3.5 / 11 if view == "alignment" else 0.5)
    expect(readout).to_contain_text(told)
    assert re.search(r"\d\.\d{3}|\de−", readout.text_content())
    if view == "states":
        expect(page.locator(".now")).to_contain_text("step 4 of 11")
    tap(".caption", 0.5, 0.5)
    expect(readout).to_have_class("readout hint")


def test_a_finger_goes_to_a_token_by_its_label(show, page, dates, tap):
    show(dates, "view=states&step=4", width=390)
    tap(".panel.decoder .map-column:nth-child(2)", 0.5, 0.3)
    expect(page.locator(".now")).to_contain_text("step 2 of 11")


def test_keys_walk_through_the_states(show, dates):
    page = show(dates, "view=states&step=4&units=1")
    page.locator(".panel.decoder .state-field").focus()
    for key in ["ArrowRight", "ArrowDown", "ArrowDown"]:
        page.keyboard.press(key)
    value = dates["steps"][1]["state"][0]["hidden"][2]
    expect(page.locator(".readout")).to_have_text(f"s₂ · unit 3: {value:.3f}".replace("-", "−"))
    expect(page.locator(".readout")).to_have_attribute("aria-live", "polite")
    expect(page.locator(".panel.decoder .map-cursor")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".now")).to_contain_text("step 2 of 11")


def test_keys_walk_through_a_strip_and_on_to_the_next(show, dates):
    page = show(dates, "view=attention&step=4&units=1")
    query = page.locator(".query-row .strip")
    query.focus()
    page.keyboard.press("ArrowRight")
    hidden = dates["steps"][3]["state"][0]["hidden"]
    expect(page.locator(".readout")).to_have_text(f"s₄ · unit 2: {hidden[1]:.3f}".replace("-", "−"))
    expect(query).to_have_attribute("aria-valuetext", page.locator(".readout").text_content())
    expect(query.locator(".unit-mark")).to_be_visible()
    # Past the query's last row of units to the states, which the Tab key passes by.
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".readout")).to_contain_text("h₁ · unit 64:")
    expect(query.locator(".unit-mark")).to_be_hidden()
    assert page.locator(".attention-rows .strip[tabindex='0']").count() == 0
    expect(page.locator(".now")).to_contain_text("Step 4 of 11", ignore_case=True)


def test_what_the_keys_point_at_follows_the_time(show, dates):
    page = show(dates, "view=cell&step=4&units=1")
    strip = page.locator(".cell-row.newState .strip")
    strip.focus()
    page.locator("[data-step='1']").evaluate("(button) => button.click()")
    value = dates["steps"][4]["state"][0]["hidden"][0]
    expect(page.locator(".readout")).to_have_text(f"s₅ · unit 1: {value:.3f}".replace("-", "−"))


def test_a_chosen_unit_stands_in_the_address(show, dates):
    page = show(dates, "view=cell&step=4&units=1")
    page.locator(".cell-row.newState .strip").focus()
    for key in ["ArrowRight", "ArrowRight", "Enter"]:
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert "unit=3" in page.evaluate("location.hash").split("&")
    page.reload()
    page.wait_for_selector(".arithmetic-unit")
    expect(page.locator(".arithmetic-unit").first).to_have_text("unit 3")
    page.locator("[data-step='1']").click()
    expect(page.locator(".arithmetic-unit").first).to_have_text("unit 3")


def test_after_a_click_on_a_picture_the_keys_are_the_time_s(show, dates):
    page = show(dates, "view=cell&step=4")
    page.locator(".cell-row.newState .strip").click()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".now")).to_contain_text("step 5 of 11")
