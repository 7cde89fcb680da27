"""Links: the same address shows the same picture, whatever was shown before."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SHOWN = """() => {
  const frame = document.querySelector("seq2seq-mechanics").shadowRoot.querySelector(".mechanics");
  const pressed = [...frame.querySelectorAll("[aria-pressed=true][data-switch]")].map((e) => e.dataset.switch);
  return [frame.className, frame.lang, frame.dataset.theme, pressed, frame.querySelector(".now").textContent];
}"""


def follow(page, link):
    page.evaluate(f"location.hash = {link!r}")
    page.wait_for_timeout(300)  # until the address is written


def test_a_link_does_not_inherit_what_was_shown(show, page, dates):
    page.emulate_media(color_scheme="light")
    show(dates, "view=attention&step=4")
    expected = page.evaluate(SHOWN)
    follow(page, "#view=states&read=3&covered=1&present=1&units=1&lang=zh&theme=dark&temperature=2&speed=4&unit=3")
    assert page.evaluate(SHOWN) != expected
    follow(page, "#view=attention&step=4")
    assert page.evaluate(SHOWN) == expected
    expect(page.locator(".knob output")).to_have_text("1.000")
    assert page.locator(".timeline select").input_value() == "1"
    assert page.evaluate("location.hash") == "#model=dates&text=march+3rd%2C+1999&view=attention&step=4"


def test_a_link_without_a_moment_leads_to_the_beginning(show, dates):
    page = show(dates, "view=states&step=4")
    follow(page, "#view=alignment")
    expect(page.locator(".now")).to_contain_text("1 of 16")


def test_another_part_of_the_page_is_no_link_to_the_view(show, dates):
    page = show(dates, "view=states&step=4&covered=1")
    before = page.evaluate(SHOWN)
    follow(page, "#chapter-2")
    assert page.evaluate(SHOWN) == before


def test_a_link_leaves_out_what_the_attributes_say(show, dates):
    page = show(dates, "view=states&step=4", lang="zh", present="", theme="dark")
    expected = page.evaluate(SHOWN)
    assert expected[:3] == ["mechanics present", "zh", "dark"]
    follow(page, "#view=states&step=4&lang=en&present=0&theme=light")
    assert page.evaluate(SHOWN)[:3] == ["mechanics", "en", "light"]
    follow(page, "#view=states&step=4")
    assert page.evaluate(SHOWN) == expected


def test_what_was_switched_off_stays_off_after_reloading(show, dates):
    page = show(dates, "view=states&step=4", lang="zh", present="")
    page.locator("[data-switch=language]").click()
    page.locator("[data-switch=present]").click()
    page.wait_for_timeout(300)
    assert {"present=0", "lang=en"} <= set(page.evaluate("location.hash").split("&"))
    page.reload()
    page.wait_for_selector(".pane")
    assert page.evaluate(SHOWN)[:2] == ["mechanics", "en"]
