"""What is drawn is what the model computed: texts and colours against the traces of random models of every kind."""

import json

import numpy as np
import pytest
from model_kinds import FACTORS, KINDS, name_of, random_translator
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TEXT = "3. Mai: Äpfel"
# One kind for each way in which source and decoder come together.
SOME_KINDS = [next(kind for kind in KINDS if kind["context"] == context) for context in FACTORS["context"]]

READ_STRIPS = """(elements) => elements.map((strip) => {
  const canvas = strip.querySelector("canvas");
  const readout = strip.getRootNode().querySelector(".readout");
  const box = canvas.getBoundingClientRect();
  return Array.from({ length: canvas.width * canvas.height }, (_, cell) => {
    const [row, column] = [Math.floor(cell / canvas.width), cell % canvas.width];
    canvas.dispatchEvent(new PointerEvent("pointermove", { bubbles: true,
      clientX: box.left + box.width * (column + 0.5) / canvas.width,
      clientY: box.top + box.height * (row + 0.5) / canvas.height }));
    return readout.textContent;
  });
})"""
PIXELS = """(canvas) => Array.from(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data)"""


@pytest.fixture(scope="module", params=[pytest.param(kind, id=name_of(kind)) for kind in SOME_KINDS])
def trace(request):
    """A random model's trace, as its JSON says it."""
    return json.loads(random_translator(request.param).trace(TEXT).to_json())


def number(text):
    return float(text.replace("−", "-").replace("?", "nan"))


def values(page, selector):
    """The numbers that the strips tell when the pointer goes over every unit, a list for each strip."""
    strips = page.locator(selector).evaluate_all(READ_STRIPS)
    return [np.array([number(line.rsplit(": ", 1)[1]) for line in lines]) for lines in strips]


def told(page, selector):
    """What the first of such elements tells of each of its cells."""
    return page.locator(selector).evaluate_all(READ_STRIPS)[0]


def close(found, expected):
    """Equal but for rounding: three decimals, or one digit of what is very small, or three digits of what is large."""
    np.testing.assert_allclose(found, expected, rtol=5e-3, atol=6e-4)


def test_the_attention_of_a_step(show, trace):
    if trace["attend_order"] is None:
        page = show(trace, "view=attention&step=2")
        expect(page.locator(".caption")).to_contain_text("no attention")
        return
    step = trace["steps"][1]
    page = show(trace, "view=attention&step=2&units=1")
    expect(page.locator(".sum-row canvas")).to_be_visible()
    scores = page.locator(".bar.score .bar-text").all_text_contents()
    close([-30000 if text == "−∞" else number(text) for text in scores], np.maximum(step["scores"], -30000))
    weights = page.locator(".bar.weight .bar-text").all_text_contents()
    close([number(text.replace("<0.001", "0.0003")) for text in weights], step["weights"])
    [query], [context] = values(page, ".query-row .strip"), values(page, ".sum-row .strip")
    close(query, step["query"])
    close(context, step["context"])
    for strip, expected in zip(values(page, ".faded .strip"), trace["encoder_states"]["values"], strict=True):
        close(strip, expected)


def test_the_inside_of_the_cell(show, trace):
    step = trace["steps"][1]
    page = show(trace, "view=cell&step=2&units=1&layer=1")
    expect(page.locator(".cell-row.newState canvas")).to_be_visible()
    close(values(page, ".cell-input .strip")[0], step["input_embedding"])
    close(values(page, ".cell-row.previousState .strip")[0], step["previous_state"][0]["hidden"])
    close(values(page, ".cell-row.newState .strip")[0], step["state"][0]["hidden"])
    for name, gate in (step["gates"] or [{}])[0].items():
        close(values(page, f".cell-row.{name} .strip")[0], gate)
    if step["state"][0]["cell"] is not None:
        close(values(page, ".cell-row.previousCell .strip")[0], step["previous_state"][0]["cell"])
        close(values(page, ".cell-row.newCell .strip")[0], step["state"][0]["cell"])


def test_one_step_drawn_for_the_model(show, trace):
    step = trace["steps"][1]
    page = show(trace, "view=step&step=2&units=1")
    expect(page.locator(".node.token .chip")).to_be_visible()
    expected = {"embedding": step["input_embedding"], "previousState": step["previous_state"][-1]["hidden"],
                "state": step["state"][-1]["hidden"]}
    attends = trace["attend_order"] is not None
    if attends or trace["context_use"] != "initial":
        expected["context"] = step["context"]
    if trace["context_use"] == "input_feeding":
        expected["previousVector"] = trace["steps"][0]["attention_vector"]
    if trace["readout"] != "state":
        expected["vector"] = step["attention_vector"]
    for name, vector in expected.items():
        close(values(page, f".node.{name} .strip")[0], vector)
    expect(page.locator(".node.attention")).to_have_count(int(attends))
    drawn = {name.split()[1] for name in page.locator(".node").evaluate_all("(nodes) => nodes.map((n) => n.className)")}
    assert drawn - {"attention", "memory", "source", "cell", "combine", "token"} == set(expected)


def test_heat_maps_tell_their_numbers(show, trace):
    if trace["attend_order"] is None:
        return
    step = trace["steps"][1]
    page = show(trace, "view=step&step=2")
    lines = told(page, ".node.attention .strip")
    close([number(line.rsplit(": ", 1)[1].replace("<0.001", "0.0003")) for line in lines], step["weights"])
    page.evaluate("location.hash = '#view=run&zoom=2&step=2'")
    expect(page.locator(".memory-field canvas")).to_be_visible()
    lines = told(page, ".memory-field")
    memory = np.array(trace["encoder_states"]["values"])
    assert memory.shape[1] <= 24  # so that every unit has a cell
    close([number(line.rsplit(": ", 1)[1]) for line in lines], memory.T.ravel())


def test_the_alternatives_and_their_probabilities(show, trace):
    page = show(trace, "view=choices&step=2")
    top = trace["steps"][1]["top_k"]
    rows = page.locator(".choice-bars li")
    expect(rows).to_have_count(len(top))
    for row, choice in zip(rows.all(), top, strict=True):
        assert row.locator(".token-label").get_attribute("title") == choice["token"]
        shown = row.locator(".number").text_content().removesuffix(" %")
        assert shown == "<0.1" or float(shown) == pytest.approx(100 * choice["probability"], abs=0.051)


def test_the_colours_of_the_alignment(show, trace):
    if trace["attend_order"] is None:
        return
    page = show(trace, f"view=alignment&step={len(trace['steps'])}&theme=light")
    weights = np.array([step["weights"] for step in trace["steps"]])
    pixels = np.array(page.locator(".map-cells canvas").evaluate(PIXELS)).reshape(*weights.shape, 4)
    assert (pixels[..., 3] == 255).all()
    # From light to dark with growing weight: the order of the brightness is the order of the weights.
    brightness = (pixels[..., :3] * [0.21, 0.72, 0.07]).sum(-1).ravel()
    order = np.argsort(weights.ravel())
    assert (np.diff(brightness[order]) <= 1.5).all()
    assert np.ptp(brightness) > 100 * np.ptp(weights)


def test_states_are_painted_where_they_are_known(show, trace):
    page = show(trace, "view=states&step=2&units=1&layer=1&theme=light")
    panel = page.locator(".panel.decoder").first.locator("canvas")
    states = np.array([step["state"][0]["hidden"] for step in trace["steps"]]).T
    pixels = np.array(panel.evaluate(PIXELS)).reshape(*states.shape, 4).astype(int)
    assert (pixels[:, :2, 3] == 255).all() and (pixels[:, 2:, 3] == 0).all()
    blueness = pixels[:, :2, 2] - pixels[:, :2, 0]
    strong = np.abs(states[:, :2]) > 0.25 * np.abs(states).max()
    assert strong.any() and ((blueness > 0) == (states[:, :2] > 0))[strong].all()


def test_the_unrolled_run_tells_its_numbers(show, trace):
    page = show(trace, "view=run&zoom=3&step=2&layer=1")
    field = page.locator(".unrolled-field")
    expect(page.locator(".now-mark.decoder")).to_have_count(1)
    page.wait_for_timeout(300)  # until zooming in has come to rest
    mark, box = page.locator(".now-mark.decoder").bounding_box(), field.bounding_box()
    states = np.array(trace["steps"][1]["state"][0]["hidden"])
    cells = min(len(states), 12)
    for cell, units in enumerate(np.array_split(np.arange(len(states)), cells)):
        y = mark["y"] + 2 + (cell + 0.5) * (mark["height"] - 4) / cells
        field.hover(position={"x": mark["x"] + mark["width"] / 2 - box["x"], "y": y - box["y"]})
        line = page.locator(".readout").text_content()
        assert line.startswith(f"s₂ · unit {units[0] + 1}")
        close(number(line.rsplit(": ", 1)[1]), states[units[0]])
