"""The keyboard's focus: no switch loses it, and a click leaves the keys to the time."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const { activeElement } = document.querySelector("seq2seq-mechanics").shadowRoot;
  return activeElement && (activeElement.dataset.switch ?? activeElement.textContent.trim());
}"""


@pytest.mark.parametrize("switch", ["allUnits", "covered", "present", "theme", "language"])
def test_a_switch_keeps_the_focus(show, dates, switch):
    page = show(dates, "view=states&step=4")
    page.locator(f"[data-switch={switch}]").focus()
    before = page.locator(".mechanics").evaluate("({ className, lang, dataset }) => [className, lang, dataset.theme]")
    for _ in range(2):
        page.keyboard.press("Enter")
        page.wait_for_timeout(60)
        assert page.evaluate(FOCUSED) == switch
    assert page.locator(".mechanics").evaluate(
        "({ className, lang, dataset }) => [className, lang, dataset.theme]") == before
    page.keyboard.press("ArrowRight")
    expect(page.locator(".now")).to_contain_text("5")


def test_a_zoom_keeps_the_focus(show, dates):
    page = show(dates, "view=run&zoom=3&step=4")
    page.locator(".segments button").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".halves")).to_be_visible()
    assert page.evaluate(FOCUSED) == "Encoder, decoder"
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".now")).to_contain_text("step 3 of 11")


def test_a_button_that_goes_leaves_the_keys_to_the_time(show, dates):
    page = show(dates, "view=attention&read=3")
    page.get_by_role("button", name="Go to the first step").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".now")).to_have_text("Step 1 of 11 · input")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".now")).to_have_text("Step 1 of 11 · cell")


def test_a_number_that_is_uncovered_keeps_the_focus(show, dates):
    page = show(dates, "view=choices&step=2&covered=1")
    page.locator(".choice-bars .number").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED).endswith("%")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".now")).to_contain_text("step 3 of 11")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".now")).to_contain_text("step 2 of 11")


@pytest.mark.parametrize("clicked", ["[data-view=attention]", "[data-switch=present]", ".segments button >> nth=1"])
def test_after_a_click_the_arrows_move_the_time(show, dates, clicked):
    page = show(dates, "view=run&zoom=3&step=4")
    page.locator(clicked).click()
    page.wait_for_timeout(60)
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expected = "Step 11 of 11 · combine" if "attention" in clicked else "step 10 of 11"
    expect(page.locator(".now")).to_contain_text(expected)
    page.keyboard.press("Space")
    expect(page.locator(".round.play")).to_have_attribute("aria-label", "Pause")


def test_the_space_bar_plays_on_a_tab_too(show, dates):
    page = show(dates, "view=alignment&step=4")
    page.get_by_role("tab", name="Alignment").focus()
    page.keyboard.press("Space")
    expect(page.locator(".round.play")).to_have_attribute("aria-label", "Pause")
    expect(page.locator(".now")).to_contain_text("step 6 of 11", timeout=5000)
    page.keyboard.press("Space")
    expect(page.locator(".round.play")).to_have_attribute("aria-label", "Play")
