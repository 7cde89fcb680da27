"""A class may guess: what the model writes later is told nowhere before, to no reader."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

VIEWS = ["run&zoom=1", "run&zoom=2", "run&zoom=3", "states", "cell", "attention", "step", "alignment", "choices"]


@pytest.mark.parametrize("view", VIEWS)
def test_nobody_is_told_the_future(show, made_up, view):
    written = ["first", "second", "third", "fourth", "</s>"]
    trace = made_up(["one", "two", "</s>"], written)
    for step in trace["steps"]:
        step["input_embedding"] = trace["steps"][0]["input_embedding"]  # so that all are near one another
    page = show(trace, f"view={view}&step=2", other=trace | {"model": "other"}, width=1440)
    page.wait_for_timeout(400)
    assert page.locator(".answer").all_text_contents() == ["first second third fourth"] * 2
    seen = page.locator(".mechanics").inner_text() + page.locator("seq2seq-mechanics").aria_snapshot()
    assert "first" in seen and "second" in seen
    assert "third" not in seen and "fourth" not in seen


def test_two_runs_titles_grow_with_the_steps(show, page, dates):
    show(dates, "view=attention&step=4&at=context", other=dates)
    answers = page.locator(".answer")
    for _ in range(2):
        assert answers.evaluate_all("(all) => all.map((e) => e.innerText)") == ["199"] * 2
        page.locator("[data-step='1']").click()
        page.wait_for_timeout(60)
    assert answers.evaluate_all("(all) => all.map((e) => e.innerText)") == ["1999"] * 2


def test_covered_numbers_hide_their_signs(show, dates):
    page = show(dates, "view=cell&step=4&covered=1")
    arithmetic = page.locator(".arithmetic").text_content()
    assert "? × ?" in arithmetic and "(" not in arithmetic
    page.locator("[data-switch=covered]").click()
    expect(page.locator(".arithmetic")).to_contain_text("(−")
