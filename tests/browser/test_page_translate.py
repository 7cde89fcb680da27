"""The page as a visitor meets it: text in, translation and attention out, by pointer and by keyboard."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def open_page(opened_page, config):
    """The loaded page as a visitor finds it: with the translation of the first example."""
    page, problems = opened_page
    page.get_by_role("button", name=config["examples"][0], exact=True).click()
    page.wait_for_selector("#answer:not(.writing):not(:empty)")
    yield page
    assert problems == []


def translate(page, text: str) -> str:
    """Types `text`, presses Enter, returns the answer."""
    page.fill("#source", text)
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer:not(.writing)")
    return page.locator("#answer").text_content()


def test_it_shows_the_model_and_translates_its_first_example(page, serve, bundle, config, translator):
    page.goto(serve(bundle))
    page.wait_for_selector("#answer:not(.writing):not(:empty)")
    assert page.title() == config["name"]
    expect(page.locator("h1")).to_have_text(config["name"])
    expect(page.locator("#description")).to_have_text(config["description"])
    expect(page.locator("#answer")).to_have_text(translator(config["examples"][0]).text)
    expect(page.locator("#facts")).to_contain_text("Tokens per second")


def test_typed_text_gives_python_s_answer_and_a_cell_for_each_weight(open_page, config, translator):
    text = config["examples"][1]
    expected = translator(text)
    assert translate(open_page, text) == expected.text
    rows, columns = expected.attention.shape
    expect(open_page.locator("rect.cell")).to_have_count(rows * columns)
    expect(open_page.locator("text.row-label")).to_have_count(rows)
    expect(open_page.locator("text.column-label")).to_have_count(columns)


def test_an_example_button_translates(open_page, config, translator):
    button = open_page.get_by_role("button", name=config["examples"][2], exact=True)
    button.click()
    expect(open_page.locator("#answer")).to_have_text(translator(config["examples"][2]).text)
    expect(open_page.locator("#source")).to_have_value(config["examples"][2])


def test_pointer_and_arrow_keys_tell_the_number_of_a_cell(open_page, config, translator):
    text = config["examples"][1]
    weights = translator(text).attention
    translate(open_page, text)
    open_page.locator("rect.cell").nth(weights.shape[1] + 2).hover()
    expect(open_page.locator(".readout")).to_have_text(re.compile(f": {weights[1, 2]:.3f}$"))
    open_page.locator(".grid-scroll").focus()
    open_page.keyboard.press("ArrowRight")
    open_page.keyboard.press("ArrowDown")
    expect(open_page.locator(".readout")).to_have_text(re.compile(f": {weights[2, 3]:.3f}$"))


def test_the_table_holds_the_same_numbers(open_page, config, translator):
    text = config["examples"][1]
    weights = translator(text).attention
    translate(open_page, text)
    open_page.get_by_text("The numbers as a table").click()
    expect(open_page.locator("tbody td")).to_have_count(weights.size)
    cells = open_page.locator("tbody td").all_text_contents()
    np.testing.assert_allclose([float(cell) for cell in cells], weights.ravel(), atol=6e-4)


def test_text_is_shown_as_text(open_page):
    hostile = "<img src=x onerror=alert(1)><b>9</b>"
    translate(open_page, hostile)
    assert open_page.locator("main img, main b").count() == 0


def test_an_empty_text_is_explained(open_page):
    assert translate(open_page, "   ") == ""
    expect(open_page.locator("#notice")).to_contain_text("write something")
    expect(open_page.locator("#attention")).to_be_hidden()


def test_a_text_beyond_the_model_s_length_is_cut_and_said_so(open_page, config):
    translate(open_page, "1 " * config["max_source_tokens"])
    expect(open_page.locator("#notice")).to_contain_text(f"first {config['max_source_tokens']} tokens")


def test_a_new_text_replaces_one_that_is_still_running(open_page, config, translator):
    open_page.fill("#source", "1 2 3 4 5 " * 10)
    open_page.keyboard.press("Enter")
    assert translate(open_page, config["examples"][0]) == translator(config["examples"][0]).text


def test_nothing_sticks_out_of_the_window(open_page):
    for width in (360, 390, 768, 1440):
        open_page.set_viewport_size({"width": width, "height": 800})
        translate(open_page, f"the 28th of september, in the year 1984, at {width}")
        assert open_page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_reads_nothing_but_its_own_folder(page, serve, bundle):
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    root = serve(bundle.parent) + bundle.name + "/"
    page.goto(root)
    page.wait_for_selector("#answer:not(.writing):not(:empty)")
    assert len(addresses) >= 10
    assert [url for url in addresses if not url.startswith((root, "data:"))] == []


def test_the_stop_button_ends_a_translation_and_keeps_what_is_written(open_page, config, translator):
    open_page.evaluate(
        """new MutationObserver((_, observer) => {
          if (document.getElementById("answer").textContent === "") return;
          observer.disconnect();
          document.getElementById("stop").click();
        }).observe(document.getElementById("answer"), { childList: true })""")
    translate(open_page, config["examples"][1])
    expect(open_page.locator("#notice")).to_have_text("Stopped.")
    expect(open_page.locator("#stop")).to_be_hidden()
    written = open_page.locator("#answer").text_content()
    whole = translator(config["examples"][1]).text
    assert written
    assert whole.startswith(written)
    assert written != whole
    assert translate(open_page, config["examples"][0]) == translator(config["examples"][0]).text


def test_a_screen_reader_hears_the_whole_translation_once(open_page, config, translator):
    open_page.evaluate(
        """() => {
          const place = document.getElementById("announcement");
          window.heard = [];
          new MutationObserver(() => window.heard.push(place.textContent)).observe(place, { childList: true });
        }""")
    answer = translate(open_page, config["examples"][1])
    assert [text for text in open_page.evaluate("heard") if text] == [f"Translation: {answer}"]
    assert open_page.locator("#answer").get_attribute("aria-live") == "off"


def test_any_text_gets_an_answer(open_page, translator):
    joined, combined = "\U0001f468\u200d\U0001f469 3", "a\u0301\u0301 \x00\ufffd"
    for text in ("\u202eabc\u0627\u0644\u0639", joined, combined):
        assert translate(open_page, text) == translator(text).text
    expect(open_page.locator("#error")).to_be_hidden()


def test_a_model_without_attention_shows_none(page, serve, without_attention, tmp_path):
    without_attention.export_tfjs(tmp_path / "web")
    page.goto(serve(tmp_path / "web"))
    page.wait_for_selector("#form:not([hidden])")
    expected = without_attention("abba")
    assert expected.tokens
    assert translate(page, "abba") == expected.text
    expect(page.locator("#attention")).to_be_hidden()
    expect(page.locator("#facts")).to_contain_text("Probability")
