"""`keras-s2s demo dates`: the command, the shipped model, a browser."""

import socket
import sys

import pytest

pytestmark = pytest.mark.browser
SOON = 60_000  # milliseconds; the machine may be busy


@pytest.fixture
def url(until_stopped):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "keras_s2s", "demo", "dates", "--port", str(port)]
    with until_stopped(command, r"The demo is at (http://127\.0\.0\.1:\d+/)$") as address:
        yield address


def test_a_date_typed_is_answered_and_the_attention_follows_it(browser, url):
    page = browser.new_page()
    page.set_default_timeout(SOON)
    page.goto(url)
    page.locator("#text textarea").type("March 3rd, 1999")
    page.keyboard.press("Enter")
    page.wait_for_function(
        "document.querySelector('#translation textarea').value === '1999-03-03'", timeout=SOON
    )
    rows = page.locator("#details tbody tr")
    rows.first.wait_for()
    assert rows.locator("th").all_inner_texts() == [*"1999-03-03", "</s>"]
    assert page.locator("#details thead th").count() == len("March 3rd, 1999") + 1
    # The picture shows what it should: the year is read where it stands.
    year = (
        rows.nth(2)
        .locator("td")
        .evaluate_all(
            "cells => cells.map(cell => Number(getComputedStyle(cell).getPropertyValue('--weight')))"
        )
    )
    assert sum(year) == pytest.approx(1, abs=0.02)
    assert "March 3rd, 1999".index("1") <= year.index(max(year)) <= len("March 3rd, 1999")
    page.close()
