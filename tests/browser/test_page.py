"""The page as a visitor meets it: text in, translation and attention out, by pointer and by keyboard."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def open_page(page, serve, bundle):
    page.goto(serve(bundle))
    page.wait_for_selector("#answer:not(.writing):not(:empty)")
    return page


def translate(page, text: str) -> str:
    """Types `text`, presses Enter, returns the answer."""
    page.fill("#source", text)
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer:not(.writing)")
    return page.locator("#answer").text_content()


def test_it_shows_the_model_and_translates_its_first_example(open_page, config, translator):
    assert open_page.title() == config["name"]
    expect(open_page.locator("h1")).to_have_text(config["name"])
    expect(open_page.locator("#description")).to_have_text(config["description"])
    expect(open_page.locator("#answer")).to_have_text(translator(config["examples"][0]).text)
    expect(open_page.locator("#facts")).to_contain_text(f"{config['parameters']:,}")


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


@pytest.mark.parametrize("width", [360, 390, 768, 1440])
def test_nothing_sticks_out_of_the_window(open_page, width):
    open_page.set_viewport_size({"width": width, "height": 800})
    translate(open_page, "the 28th of september, in the year 1984, early in the morning")
    assert open_page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_reads_nothing_but_its_own_folder(page, serve, bundle):
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    root = serve(bundle.parent) + bundle.name + "/"
    page.goto(root)
    page.wait_for_selector("#answer:not(.writing):not(:empty)")
    assert len(addresses) >= 10
    assert [url for url in addresses if not url.startswith((root, "data:"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(open_page, scheme):
    """WCAG AA: at least 4.5 between every text and the nearest background behind it."""
    open_page.emulate_media(color_scheme=scheme)
    pairs = open_page.evaluate(
        """() => {
          const context = document.createElement("canvas").getContext("2d");
          const rgb = (color) => {
            context.fillStyle = color;
            context.fillRect(0, 0, 1, 1);
            return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
          };
          const behind = (element) => {
            for (let e = element; e; e = e.parentElement) {
              const color = getComputedStyle(e).backgroundColor;
              if (color !== "rgba(0, 0, 0, 0)") return color;
            }
          };
          const visible = "h1, h2, p, label, textarea, button, output, dt, dd, summary, .grid text";
          return [...document.querySelectorAll(visible)].filter((e) => e.checkVisibility()).map((e) => {
            const style = getComputedStyle(e);
            const written = e.closest("svg") ? style.fill : style.color;
            return [e.outerHTML.slice(0, 60), rgb(written), rgb(behind(e))];
          });
        }""")

    def luminance(rgb: list[int]) -> float:
        shares = [value / 255 for value in rgb]
        linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(pair: list) -> float:
        lower, higher = sorted((luminance(pair[1]), luminance(pair[2])))
        return (higher + 0.05) / (lower + 0.05)

    assert len(pairs) > 20
    assert [(pair, round(contrast(pair), 2)) for pair in pairs if contrast(pair) < 4.5] == []


def test_a_model_without_attention_shows_none(page, serve, without_attention, tmp_path):
    without_attention.export_tfjs(tmp_path / "web")
    page.goto(serve(tmp_path / "web"))
    page.wait_for_selector("#form:not([hidden])")
    expected = without_attention("abba")
    assert expected.tokens
    assert translate(page, "abba") == expected.text
    expect(page.locator("#attention")).to_be_hidden()
    expect(page.locator("#facts")).to_contain_text("Probability")
