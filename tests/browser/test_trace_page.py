"""The page of a trace as its reader meets it: a file, without a network, under its own policy."""

import pytest
from playwright.sync_api import expect

from keras_s2s.trace_page import notebook_frame, trace_page

pytestmark = pytest.mark.browser
HOSTILE = "</script><script>alert(1)</script>"


@pytest.fixture
def dialogs(page):
    """What scripts of a text would have to say."""
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    yield said
    assert said == []


def mechanics(page):
    return page.locator("seq2seq-mechanics")


def test_it_opens_as_a_file_without_a_network(page, dialogs, tiny, tmp_path):
    trace = tiny.trace("the cat")
    trace.save_html(tmp_path / "trace.html")
    page.context.set_offline(True)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    address = (tmp_path / "trace.html").as_uri()
    page.goto(f"{address}#view=alignment&step=3")
    expect(mechanics(page)).to_contain_text("the cat")
    assert page.title() == "the cat"
    assert requests == [address]
    assert page.evaluate("document.querySelector('seq2seq-mechanics').trace") == trace.to_dict()
    assert "view=alignment&step=3" in page.url


def test_words_are_no_code(page, dialogs, tiny, tmp_path):
    found = tiny.intervene(f"cat {HOSTILE}", swap={"cat": "dog"})
    found.save_html(tmp_path / "both.html")
    page.goto((tmp_path / "both.html").as_uri())
    expect(mechanics(page)).to_contain_text(HOSTILE)
    assert page.evaluate("document.querySelector('seq2seq-mechanics').compare.source.text") == f"dog {HOSTILE}"
    assert page.locator("script").count() == 3


def test_the_keys_of_the_time_work_at_once(page, dialogs, tiny, tmp_path):
    trace = tiny.trace("the cat")
    trace.save_html(tmp_path / "trace.html")
    page.goto((tmp_path / "trace.html").as_uri())
    expect(mechanics(page)).to_contain_text("the cat")
    page.keyboard.press("ArrowRight")
    expect(mechanics(page).locator(".now")).to_contain_text("2 of")


def test_a_notebook_keeps_its_focus(page, dialogs, tiny):
    page.set_content(notebook_frame(trace_page([tiny.trace("the cat")], fragment=False), height=500))
    expect(page.frame_locator("iframe").locator("seq2seq-mechanics")).to_contain_text("the cat")
    assert page.evaluate("document.activeElement.localName") == "body"


def test_a_notebook_s_frame(page, dialogs, tiny):
    page.set_content(notebook_frame(trace_page([tiny.trace(HOSTILE)], fragment=False), height=500))
    frame = page.frame_locator("iframe").locator("seq2seq-mechanics")
    expect(frame).to_contain_text(HOSTILE)
    address = page.url
    page.frame_locator("iframe").get_by_role("slider").first.focus()
    page.keyboard.press("End")
    page.wait_for_timeout(100)
    assert page.url == address  # and no script failed for want of an address, see `problems`
