"""The run in its three zooms: the box that opens, the halves, the states and tokens that travel."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SHADOW = "document.querySelector('seq2seq-mechanics').shadowRoot"
GROWING = f"""() => document.getAnimations().concat(...[...{SHADOW}.querySelectorAll(".run-view *")]
  .map((element) => element.getAnimations())).map(({{ effect }}) => [effect.target.className,
  effect.getKeyframes()[0].transform ?? "none"]).filter(([, transform]) => transform.startsWith("translate"))"""


def zoom(page):
    return page.locator(".segments [aria-pressed=true]").text_content()


def test_the_black_box_comes_first_and_opens_on_a_click(show, dates):
    page = show(dates, "view=run&step=4")
    assert zoom(page) == "Black box"
    box = page.locator(".box").bounding_box()
    page.locator(".box").click()
    expect(page.locator(".halves")).to_be_visible()
    # The halves grow out of where the box stood.
    [[_, transform], *_] = [found for found in page.evaluate(GROWING) if "halves" in found[0]]
    left, top = (float(part.removesuffix("px")) for part in transform[10:transform.index(")")].split(", "))
    place = page.locator(".run-view").bounding_box()
    assert abs(left - (box["x"] - place["x"])) < 2 and top == pytest.approx(box["y"] - place["y"], abs=80)
    expect(page.locator(".lid")).to_have_count(0)
    assert zoom(page) == "Encoder, decoder"
    page.locator(".half.decoder h3").click()
    expect(page.locator(".unrolled-field")).to_be_visible()
    assert zoom(page) == "Unrolled"
    page.get_by_role("button", name="Black box").click()
    expect(page.locator(".box")).to_be_visible()
    expect(page.locator(".lid")).to_have_count(0)


def test_the_box_is_opened_with_the_keyboard(show, dates):
    page = show(dates, "view=run&step=4")
    page.get_by_role("button", name="dates Open it").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".half.encoder .unroll")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Unrolled")).to_be_focused()
    expect(page.locator(".now")).to_contain_text("step 4 of 11")


def test_nothing_grows_where_no_motion_is_wanted(show, page, dates):
    page.emulate_media(reduced_motion="reduce")
    show(dates, "view=run&step=4")
    page.locator(".box").click()
    expect(page.locator(".halves")).to_be_visible()
    assert page.evaluate(GROWING) == [] and page.locator(".lid").count() == 0


def test_the_black_box_is_black_in_the_dark_too(show, dates):
    for theme in ("light", "dark"):
        page = show(dates, f"view=run&theme={theme}")
        colour = page.locator(".box").evaluate("(box) => getComputedStyle(box).backgroundColor")
        assert max(int(part) for part in colour[4:-1].split(", ")) < 60, theme


def test_the_memory_between_the_halves_says_what_it_is(show, dates, made_up):
    page = show(dates, "view=run&zoom=2&step=4")
    expect(page.locator(".memory-title")).to_have_text("weight")
    labels = page.locator(".memory-field .map-column")
    assert labels.all_text_contents() == ["␣" if token == " " else token for token in dates["source"]["tokens"]]
    words = page.locator(".half.decoder .half-strip > span").all_text_contents()
    assert words == ["c context", "s state"]
    # A column for each token: the bar of the largest weight hangs under that token's name.
    weights = dates["steps"][3]["weights"]
    place = weights.index(max(weights))
    bar = page.locator(".memory-weights div").nth(place).bounding_box()
    label = labels.nth(place).bounding_box()
    assert abs(bar["x"] + bar["width"] / 2 - label["x"] - label["width"] / 2) < 2
    scale = page.locator(".memory-weights div").nth(place).evaluate("(bar) => bar.style.getPropertyValue('--weight')")
    assert float(scale) == weights[place]
    page = show(made_up([f"w{place}" for place in range(40)], ["a", "</s>"]), "view=run&zoom=2&step=1")
    assert page.locator(".memory-field .map-column").count() == 0


def test_what_is_written_is_fed_into_the_next_step(show, dates):
    page = show(dates, "view=run&zoom=3&step=1")
    labels = page.locator(".token.target:not(.future)")
    assert labels.all_text_contents() == ["<s>", "1"]
    assert page.locator(".feed").count() == 1
    assert page.locator(".hand-over:not(.past)").count() == 2  # from where each of the two readers ended
    # The names of the halves stand where no line ends.
    name = page.locator(".unrolled > .decoder").bounding_box()
    for line in page.locator(".look, .hand-over, .feed").all():
        box = line.bounding_box()
        assert box["y"] + box["height"] <= name["y"] + 1
    page.evaluate("location.hash = '#view=run&zoom=3&step=3'")
    expect(labels).to_have_count(4)
    assert page.locator(".feed").count() == 3 and page.locator(".feed.past").count() == 2
    page.evaluate("location.hash = '#view=run&zoom=3&read=4'")
    expect(labels).to_have_count(0)
    assert page.locator(".feed, .hand-over").count() == 0


def test_the_initial_state_tells_its_numbers(show, dates):
    page = show(dates, "view=run&zoom=3&read=16")
    assert page.locator(".hand-over").count() == 2
    mark, field = page.locator(".token.start").bounding_box(), page.locator(".unrolled-field")
    box = field.bounding_box()
    field.hover(position={"x": mark["x"] + mark["width"] / 2 - box["x"], "y": mark["y"] - box["y"] - 50})
    expect(page.locator(".readout")).to_contain_text("s₀ · units")


def test_states_and_tokens_travel_on_their_lines(show, dates):
    page = show(dates, "view=run&zoom=3&read=16&speed=0.5")
    page.locator("[data-step='1']").click()
    # Two ends of the encoder, the initial state, and the one state that is looked at.
    weights = [weight for weight in dates["steps"][0]["weights"] if weight >= 0.1]
    expect(page.locator(".traveller.state")).to_have_count(3 + len(weights))
    expect(page.locator(".traveller.token")).to_have_text("<s>")
    expect(page.locator(".traveller")).to_have_count(0, timeout=20_000)
    page.locator("[data-step='-1']").click()
    expect(page.locator(".now")).to_contain_text("16 of 16")
    assert page.locator(".traveller").count() == 0


def test_nothing_travels_where_no_motion_is_wanted(show, page, dates):
    page.emulate_media(reduced_motion="reduce")
    show(dates, "view=run&zoom=3&step=3")
    page.locator("[data-step='1']").click()
    expect(page.locator(".feed")).to_have_count(4)
    assert page.locator(".traveller").count() == 0
