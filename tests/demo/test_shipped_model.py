"""`keras-s2s demo dates`: the command, the shipped model, a browser, step by step as a visitor goes."""

import socket
import sys

import pytest
from close_traces import assert_close

pytestmark = pytest.mark.browser
SOON = 60_000  # milliseconds; the machine may be busy
TEXT = "on March 3rd, 1999"


@pytest.fixture
def url(until_stopped):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "keras_s2s", "demo", "iso=dates", "--port", str(port)]
    with until_stopped(command, r"The demo is at (http://127\.0\.0\.1:\d+/)$") as address:
        yield address


def test_a_visit(browser, url, dates):
    page = browser.new_page()
    page.set_default_timeout(SOON)
    page.goto(url)
    page.fill("#text textarea", "")  # an example stands there
    page.locator("#text textarea").type(TEXT)
    page.keyboard.press("Enter")
    page.locator("#details table.s2s-map thead th").nth(len(TEXT)).wait_for()
    page.wait_for_function("document.querySelector('#translation textarea')?.value === '1999-03-03'", timeout=SOON)
    rows = page.locator("#details table.s2s-map tbody tr")
    rows.first.wait_for()
    assert rows.locator("th").all_inner_texts() == [*"1999-03-03", "</s>"]
    # The picture shows what it should: the year is read where it stands.
    year = (
        rows.nth(2)
        .locator("td")
        .evaluate_all("cells => cells.map(cell => Number(getComputedStyle(cell).getPropertyValue('--weight')))")
    )
    assert year == pytest.approx(dates(TEXT).attention[2].tolist(), abs=6e-4)
    assert TEXT.index("1") <= year.index(max(year)) <= len(TEXT)

    page.get_by_role("tab", name="Look inside").click()
    view = page.locator("seq2seq-mechanics")
    view.wait_for()
    _wait_for_tokens(page, "1999-03-03")
    # The view's own controls, as its visitors use them: the choices of a step, one of which is written instead.
    view.locator("[data-view=choices]").click()
    page.keyboard.press("End")
    view.locator("button.force").first.click()
    page.wait_for_function("document.querySelector('seq2seq-mechanics').compare !== null", timeout=SOON)
    after = page.evaluate("document.querySelector('seq2seq-mechanics').trace")
    (step,) = [place for place, one in enumerate(after["steps"]) if one["overridden"]]
    expected = dates.intervene(TEXT, force={step: after["steps"][step]["token"]})
    assert after["target_tokens"] == expected.after.target_tokens
    assert_close(after, expected.after.to_dict())
    page.close()


def _wait_for_tokens(page, text):
    page.wait_for_function(
        "text => document.querySelector('seq2seq-mechanics').trace?.target_tokens.slice(0, -1).join('') === text",
        arg=text, timeout=SOON)
