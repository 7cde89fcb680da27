"""The frame around the views: what it says of the run, its tabs and switches."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("view", ["alignment", "attention", "step", "choices"])
def test_an_empty_output_is_said(show, made_up, view):
    page = show(made_up(["</s>"], []), f"view={view}")
    expect(page.locator(".caption")).to_have_text("The source is read; nothing is written.")
    expect(page.locator(".stage")).to_contain_text("Nothing was written")
    assert "still reading" not in page.locator(".stage").inner_text()
    expect(page.locator(".round.play")).to_be_disabled()


def test_a_text_that_was_read_in_part_says_so(show, made_up):
    trace = made_up(["▁Ein", "▁Mann", "</s>"], ["a", " ", "</s>"])
    page = show(trace)
    expect(page.locator(".notes")).to_be_hidden()
    expect(page.locator(".signs")).to_have_text("▁ begins a word · ␣ is a space")
    trace["source"]["truncated"] = True
    page = show(trace)
    expect(page.locator(".notes")).to_contain_text("Only the first 2 tokens of the text were read")
    page.locator("[data-switch=language]").click()
    expect(page.locator(".notes")).to_contain_text("前 2 个词元")


def test_tabs_fade_where_there_are_more(show, dates):
    page = show(dates, "view=run", width=390)
    tabs = page.locator(".tabs")
    expect(tabs).to_have_class("tabs more-after")
    assert "gradient" in tabs.evaluate("(tabs) => getComputedStyle(tabs).maskImage")
    page.evaluate("location.hash = '#view=choices'")
    expect(tabs).to_have_class("tabs more-before")
    page.set_viewport_size({"width": 1200, "height": 900})
    expect(tabs).to_have_class("tabs")


@pytest.mark.parametrize("view", ["run&zoom=1", "run&zoom=2", "cell", "attention", "choices&covered=1"])
def test_what_is_pressed_is_large_enough(show, dates, view):
    page = show(dates, f"view={view}&step=4", width=390, interventions="")
    sizes = page.locator("button, select").evaluate_all("""(all) => all.filter((e) => e.checkVisibility()).map((e) => {
      const { width, height } = e.getBoundingClientRect();
      return [e.textContent || e.ariaLabel, Math.round(width * 10) / 10, Math.round(height * 10) / 10];
    })""")
    assert len(sizes) > 15
    assert [size for size in sizes if min(size[1:]) < 24] == []


def test_the_headings_of_the_unrolled_run_stay(show, made_up):
    words = [f"word{place}" for place in range(40)]
    page = show(made_up([*words, "</s>"], [*words, "</s>"]), "view=run&zoom=3&step=35", width=390)
    page.wait_for_timeout(500)
    assert page.locator(".unrolled-scroll").evaluate("(box) => box.scrollLeft") > 500
    for name in ("Encoder", "Decoder"):
        box = page.locator(".unrolled .part", has_text=name).bounding_box()
        assert 0 <= box["x"] < 200
