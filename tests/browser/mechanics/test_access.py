"""For every reader: contrast in both schemes, keyboard, words for the alignment, two languages, less motion."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

VIEWS = ["run&zoom=1", "run&zoom=2", "run&zoom=3", "states", "cell", "attention", "step", "alignment", "choices"]
PAIRS = """() => {
  const context = document.createElement("canvas").getContext("2d");
  const rgb = (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const parent = (element) => element.parentElement ?? element.getRootNode().host;
  const behind = (element) => {
    for (let e = element; e; e = parent(e)) {
      const color = getComputedStyle(e).backgroundColor;
      if (color !== "rgba(0, 0, 0, 0)") return color;
    }
    return "white";
  };
  const faint = (element) => {
    for (let e = element; e; e = parent(e)) if (Number(getComputedStyle(e).opacity) < 1) return true;
    return false;
  };
  const root = document.querySelector("seq2seq-mechanics").shadowRoot;
  const texts = [...root.querySelectorAll("*")].filter((e) => e.checkVisibility({ visibilityProperty: true })
    && [...e.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) && !faint(e)
    && !e.closest(".hidden-text"));
  return texts.map((e) => [e.outerHTML.slice(0, 90), rgb(e.closest("svg") ? getComputedStyle(e).fill
    : getComputedStyle(e).color), rgb(behind(e.closest("rect") ?? e))]);
}"""


def luminance(rgb):
    shares = np.array(rgb) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_has_contrast(show, page, dates, theme):
    page.emulate_media(reduced_motion="reduce")  # what is still appearing has no contrast yet
    show(dates, f"theme={theme}&step=4", interventions="")
    for view in VIEWS:
        page.evaluate(f"location.hash = '#theme={theme}&step=4&view={view}'")
        page.wait_for_timeout(60)
        pairs = page.evaluate(PAIRS)
        assert len(pairs) > 15
        poor = []
        for name, text, ground in pairs:
            lower, higher = sorted((luminance(text), luminance(ground)))
            if (higher + 0.05) / (lower + 0.05) < 4.5:
                poor.append((name, text, ground))
        assert poor == [], view


def test_the_system_s_scheme_is_followed_until_one_is_chosen(show, page, dates):
    page.emulate_media(color_scheme="dark")
    show(dates)
    expect(page.locator(".mechanics")).to_have_attribute("data-theme", "dark")
    page.emulate_media(color_scheme="light")
    expect(page.locator(".mechanics")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator(".mechanics")).to_have_attribute("data-theme", "dark")


def test_the_alignment_is_there_in_words(show, dates):
    page = show(dates, "view=alignment&step=4")
    weights = dates["steps"][3]["weights"]
    expect(page.locator(".map-sentence")).to_have_text(f"Writing “9”, it looks at “9” ({100 * weights[14]:.1f} %).")
    sentences = page.locator(".hidden-text li")
    expect(sentences).to_have_count(4)
    expect(sentences.first).to_contain_text("Writing “1”, it looks at “1”")
    label = page.locator(".map-cells").get_attribute("aria-label")
    assert label.startswith("Attention weights, 11 target tokens by 16 source tokens.")


def test_words_take_the_place_of_letters(show, dates):
    page = show(dates, "view=alignment&step=11&words=1")
    assert page.locator(".map-columns bdi").all_text_contents() == ["march", "3rd,", "1999", "</s>"]
    page.get_by_role("button", name="Whole words").click()
    expect(page.locator(".map-columns bdi")).to_have_count(16)


def test_tabs_are_chosen_with_arrows_and_announced(show, dates):
    page = show(dates)
    page.get_by_role("tab", name="Run").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="States")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab", name="States")).to_be_focused()


def test_everything_is_said_in_chinese(show, dates):
    page = show(dates, "step=4", lang="zh")
    for view in VIEWS:
        page.evaluate(f"location.hash = '#step=4&lang=zh&view={view}'")
        page.wait_for_timeout(60)
        # What stays: the model's name, tokens, formulas, the other language's name.
        english = re.findall(r"[A-Za-z]{5,}", page.evaluate(
            "document.querySelector('seq2seq-mechanics').shadowRoot.querySelector('.mechanics').innerText"))
        assert set(english) <= {"march", "dates", "English", "softmax"}, view


def test_nothing_moves_for_those_who_want_no_motion(show, page, dates):
    page.emulate_media(reduced_motion="reduce")
    show(dates, "view=step&step=4&at=cell")
    page.locator("[data-step='1']").click()
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.locator(".traveller").count() == 0


def test_tensors_travel_for_those_who_do(show, page, dates):
    show(dates, "view=step&step=4&at=input")
    page.locator("[data-step='1']").click()
    expect(page.locator(".traveller")).to_have_count(3)
    expect(page.locator(".traveller")).to_have_count(0, timeout=20_000)


def test_a_picture_is_lit_where_the_model_looks(show, made_up):
    trace = made_up(["1", "2", "3", "</s>"], ["a", "</s>"])
    pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
    grid = [[0, 0, 0.5, 0.5], [0.5, 0, 1, 0.5], [0, 0.5, 0.5, 1], [0.5, 0.5, 1, 1]]
    trace |= {"kind": "image", "source": {"text": None, "tokens": None, "frames": None, "grid": grid, "picture": pixel}}
    trace["steps"][0]["weights"] = [0.1, 0.6, 0.3, 0.0]
    page = show(trace, "view=alignment&step=1")
    lights = page.locator(".light").evaluate_all("(all) => all.map(({ style }) => [style.left, Number(style.opacity)])")
    assert lights == [["0%", 0.167], ["50%", 1], ["0%", 0.5], ["50%", 0]]
    assert page.locator(".map-columns bdi").all_text_contents() == ["1", "2", "3", "4"]
    # An address outside of the page is not asked for.
    trace["source"]["picture"] = "https://example.org/spy.png"
    page = show(trace, "view=alignment&step=1")
    assert page.locator(".picture img").count() == 0
