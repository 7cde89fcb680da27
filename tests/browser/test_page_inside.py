"""The tab Look inside: the live run in the mechanics view, and what a visitor changes in it."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_run_its_changes_and_its_address(page, serve, site, translator):
    page.goto(serve(site) + "#tab=inside&model=dates&text=31%2F12%2F1999&view=attention&step=4")
    view = page.locator("seq2seq-mechanics")
    expect(view).to_contain_text("31/12/1999")
    found = view.evaluate("(view) => [view.trace.target_tokens, view.compare]")
    assert found == [translator("31/12/1999").tokens, None]
    page.wait_for_function("location.hash.includes('view=attention') && location.hash.includes('tab=inside')")
    assert "step=4" in page.url
    # A link that says nothing of the text leaves it as it is.
    page.evaluate("location.hash = '#tab=inside&view=states'")
    page.wait_for_function("location.hash.includes('view=states') && location.hash.includes('31%2F12%2F1999')")
    # A forced token, and back.
    view.evaluate("(view) => view.dispatchEvent(new CustomEvent('force', { detail: { step: 3, token: '8' } }))")
    expect(page.locator("#inside-message")).to_contain_text("token 4 is “8”")
    expected = translator.intervene("31/12/1999", force={3: "8"})
    after, before = view.evaluate("(view) => [view.trace.target_tokens, view.compare.target_tokens]")
    assert after == list(expected.after.target_tokens)
    assert before == list(expected.before.target_tokens)
    page.get_by_role("button", name="Back to the model's own run").click()
    expect(page.locator("#undo")).to_be_hidden()
    # A word that is not there leaves the run as it is.
    view.evaluate("(v) => v.dispatchEvent(new CustomEvent('swap', { detail: { position: 0, word: 'x', text: 'y' } }))")
    expect(page.locator("#inside-message")).to_contain_text("The text has no “x”")
    assert view.evaluate("(view) => view.trace.target_tokens") == before
    # No text is told in words; it is no failure.
    page.fill("#inside-source", "  ")
    page.keyboard.press("Enter")
    expect(page.locator("#inside-message")).to_contain_text("nothing to read yet")
    expect(page.locator("#inside-message")).not_to_have_class("error")
