"""The inside of a cell: the marked unit's colours, complete formulas, symbols that do not run into names."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# The colour of a unit in each strip of the gates' rows: of its own cell, or of the cell that holds it.
COLOURS = """([units, unit]) => {
  const root = document.querySelector("seq2seq-mechanics").shadowRoot;
  return [...root.querySelectorAll(".cell-row canvas")].map((canvas) => {
    const cells = canvas.width * canvas.height;
    const cell = Math.floor(unit * cells / units);
    const [x, y] = [cell % canvas.width, Math.floor(cell / canvas.width)];
    return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data];
  });
}"""


def test_the_marked_cells_have_the_colours_of_the_unit_whose_arithmetic_is_done(show, dates):
    page = show(dates, "view=cell&step=4")
    line = page.locator(".arithmetic-unit").first.text_content()
    unit = int(line.removeprefix("unit ")) - 1
    units = len(dates["steps"][3]["state"][0]["hidden"])
    expect(page.locator(".arithmetic")).to_contain_text("4 units a cell")
    pooled = page.evaluate(COLOURS, [units, unit])
    page.evaluate("location.hash = '#view=cell&step=4&units=1'")
    expect(page.locator(".arithmetic")).not_to_contain_text("units a cell")
    assert len(pooled) == 5 and pooled == page.evaluate(COLOURS, [units, unit])


def test_pointing_at_a_cell_does_the_arithmetic_of_the_unit_that_it_shows(show, dates):
    page = show(dates, "view=cell&step=4")
    state = dates["steps"][3]["previous_state"][0]["hidden"]
    units = max(range(40, 44), key=lambda unit: abs(state[unit]))
    strip = page.locator(".cell-row.previousState .strip")
    box = strip.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 10.5 / 32, box["y"] + box["height"] / 2)
    expect(page.locator(".arithmetic-unit").first).to_have_text(f"unit {units + 1}")
    value = f"{abs(state[units]):.3f}"
    expect(page.locator(".arithmetic code")).to_contain_text(value)


@pytest.mark.parametrize(("cell", "lines"), [
    ("gru", ["r = σ(Wr x + Ur s)", "z = σ(Wz x + Uz s)", "g = tanh(Wg x + r · Ug s)", "s′ = z · s + (1 − z) · g"]),
    ("lstm", ["f = σ(Wf x + Uf s)", "i = σ(Wi x + Ui s)", "g = tanh(Wg x + Ug s)", "c′ = f · c + i · g",
              "o = σ(Wo x + Uo s)", "s′ = o · tanh(c′)"])])
def test_every_gate_has_its_formula(show, made_up, cell, lines):
    trace = made_up([*"abcd", "</s>"], ["x", "</s>"])
    if cell == "lstm":
        vector = [0.5] * 8
        trace["cell"], state = "lstm", [{"hidden": vector, "cell": vector}]
        for step in trace["steps"]:
            step |= {"gates": [dict.fromkeys(["input", "forget", "candidate", "output"], vector)], "state": state,
                     "previous_state": state}
    page = show(trace, "view=cell&step=1")
    formulas = page.locator(".cell-formulas code")
    assert formulas.all_text_contents() == lines
    assert formulas.locator("sub").count() > 5
    letters = {text.split(" ")[0] for text in lines}
    drawn = page.locator(".cell-row.gate .cell-symbol, .cell-row.candidate .cell-symbol").all_text_contents()
    assert len(drawn) == {"gru": 3, "lstm": 4}[cell] and set(drawn) <= letters
    # What the encoder's rows do not show has no formulas under it.
    page.evaluate("location.hash = '#view=cell&read=3'")
    expect(page.get_by_text("the gates of the decoder only")).to_be_visible()
    expect(formulas.first).to_be_hidden()


def test_the_attention_vector_has_another_letter_than_the_reset_gate(show, dates):
    page = show(dates, "view=step&step=4")
    symbols = page.locator(".node-title b").all_text_contents()
    assert "a₄" in symbols and not any(symbol.startswith("r") for symbol in symbols)


def test_symbols_end_before_the_names_begin(show, dates):
    page = show(dates, "view=cell&read=5", width=390)
    ends = page.locator(".cell-row").evaluate_all("""(rows) => rows.map((row) => {
      const range = document.createRange();
      range.selectNodeContents(row.querySelector(".cell-symbol"));
      return row.querySelector(".cell-name").getBoundingClientRect().left - range.getBoundingClientRect().right;
    })""")
    assert len(ends) == 4 and min(ends) >= 2
