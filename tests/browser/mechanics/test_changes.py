"""What a user may ask to be changed, and two runs side by side."""

import copy

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def asked(show, dates):
    """`asked(link)` opens the trace with interventions; then `window.asked` fills with what is asked for."""
    def open_page(link):
        page = show(dates, link, interventions="")
        page.evaluate("""() => {
          window.asked = [];
          for (const name of ["force", "attention", "mute", "swap"]) {
            document.body.addEventListener(name, (event) => window.asked.push([name, event.detail]));
          }
        }""")
        return page

    return open_page


def test_a_word_is_forced(asked, dates):
    page = asked("view=choices&step=2")
    other = dates["steps"][1]["top_k"][1]["token"]
    page.get_by_role("button", name=f"Write “{other}” instead").click()
    page.get_by_label("Another token").fill("<i>")
    page.keyboard.press("Enter")
    assert page.evaluate("window.asked") == [["force", {"step": 1, "token": other}],
                                             ["force", {"step": 1, "token": "<i>"}]]


def test_a_source_token_is_muted_and_replaced(asked):
    page = asked("view=run")
    page.locator(".source-bar ol button").nth(11).click()
    page.get_by_role("button", name="Mute").click()
    expect(page.get_by_label("Replace by")).to_have_value("1999")
    page.get_by_label("Replace by").fill("2009")
    page.get_by_role("button", name="Replace").click()
    assert page.evaluate("window.asked") == [
        ["mute", {"position": 11}], ["swap", {"position": 11, "word": "1999", "text": "2009"}]]


def test_weights_are_set_by_hand(asked, dates):
    page = asked("view=attention&step=4")
    expect(page.locator(".weight-buttons")).to_be_hidden()
    knob = page.get_by_label("Weight of “m”")
    knob.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".now")).to_contain_text("step 4 of 11")
    expect(page.locator(".bar.weight .bar-text").first).to_have_text("0.030")
    expect(page.locator(".knob-note")).to_have_text("set by hand")
    page.get_by_role("button", name="Go on with these weights").click()
    [[name, detail]] = page.evaluate("window.asked")
    assert (name, detail["step"]) == ("attention", 3)
    assert detail["weights"][0] == 0.03 and sum(detail["weights"]) == pytest.approx(1)
    assert detail["weights"][14] == pytest.approx(0.97 * dates["steps"][3]["weights"][14], abs=1e-3)
    page.get_by_role("button", name="As the model does it").click()
    expect(page.locator(".bar.weight .bar-text").first).to_have_text("<0.001")


def test_weights_at_another_temperature_can_be_gone_on_with(asked):
    page = asked("view=attention&step=2&temperature=4")
    page.get_by_role("button", name="Go on with these weights").click()
    [[_, detail]] = page.evaluate("window.asked")
    assert sum(detail["weights"]) == pytest.approx(1)
    assert max(detail["weights"]) < 0.5


def test_without_the_attribute_there_is_nothing_of_it(show, dates):
    for view in ("choices", "attention", "run"):
        page = show(dates, f"view={view}&step=2")
        expect(page.locator(".source-bar")).to_be_hidden()
        assert page.locator(".force, .weight-knob, .change-form:visible, .weight-buttons:visible").count() == 0


def test_two_runs_stand_side_by_side_and_changes_are_marked(show, dates):
    other = copy.deepcopy(dates)
    for place in (0, 1, 2):
        other["target_tokens"][place] = other["steps"][place]["token"] = "201"[place]
    page = show(dates, "view=alignment&step=11", other=other, label="Before", compare_label="After")
    titles = page.locator(".pane-title")
    expect(titles.nth(0).locator("b")).to_have_text("Before")
    expect(titles.nth(1).locator("b")).to_have_text("After")
    expect(titles.nth(1).locator(".answer")).to_have_text("2019-03-03")
    assert titles.nth(0).locator("mark").all_text_contents() == ["9", "9"]
    assert titles.nth(1).locator("mark").all_text_contents() == ["2", "0"]
    assert page.locator(".pane").nth(1).locator(".map-row.changed").all_text_contents() == ["2", "0"]
    page.locator(".mechanics").focus()
    page.keyboard.press("ArrowLeft")
    for pane in (0, 1):
        expect(page.locator(".pane").nth(pane).locator(".map-row:not(.future)")).to_have_count(10)


def test_a_run_without_attention_stands_beside_one_with(show, dates, without_attention):
    import json

    other = json.loads(without_attention.trace("abc").to_json())
    page = show(dates, "view=step&step=2&at=scores", other=other, width=1440)
    expect(page.locator(".pane").nth(0).locator(".caption")).to_contain_text("the new state asks")
    expect(page.locator(".pane").nth(1).locator(".node.attention")).to_have_count(0)
    expect(page.locator(".pane").nth(1).locator(".node.token .chip")).to_be_visible()


def test_covered_numbers_are_uncovered_one_by_one(show, dates):
    page = show(dates, "view=choices&step=2&covered=1")
    numbers = page.locator(".choice-bars .number")
    assert set(numbers.all_text_contents()) == {"?"}
    numbers.first.click()
    assert numbers.all_text_contents()[0].endswith("%") and numbers.all_text_contents()[1] == "?"


def test_what_a_page_sets_before_the_component_is_there_is_kept(show, page, dates):
    show(dates)
    page.evaluate("""(trace) => {
      const view = document.createElement("seq2seq-mechanics");
      Object.defineProperty(view, "trace", { value: trace, writable: true, configurable: true, enumerable: true });
      view.id = "early";
      document.body.append(view);
    }""", dates)
    expect(page.locator("#early .model")).to_have_text("dates")


def test_the_nearest_words_of_a_vocabulary(show, page, dates):
    show(dates, "view=cell&step=2")
    expect(page.locator(".nearest")).to_contain_text("Nearest in this sentence")
    page.evaluate("""() => {
      document.querySelector("seq2seq-mechanics").nearest = async (embedding, side) =>
        [{ token: "<u>9</u>", similarity: embedding.length / 1000 }, { token: side, similarity: -0.25 }];
    }""")
    units = len(dates["steps"][1]["input_embedding"])
    expect(page.locator(".nearest")).to_have_text(f"Nearest words: <u>9</u> {units / 1000:.3f} · target −0.250")


def test_two_runs_of_one_name_say_which_has_attention(show, dates, without_attention):
    import json

    other = json.loads(without_attention.trace("abc").to_json()) | {"model": "dates"}
    page = show(dates, "view=run&zoom=3&step=2", other=other, width=390)
    titles = page.locator(".pane-title")
    assert titles.locator("b").all_text_contents() == ["dates, with attention", "dates, without attention"]
    assert page.locator(".heading .model").text_content() == "dates"
    # The second run is a page below: its title stays while it is looked at.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(100)
    second = titles.nth(1).bounding_box()
    assert 0 <= second["y"] < 850
    page.set_viewport_size({"width": 390, "height": 420})
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(100)
    assert titles.nth(1).bounding_box()["y"] == pytest.approx(0, abs=1)


def test_the_tree_of_the_beam_says_what_its_numbers_are_and_grows_with_the_type(show, made_up):
    trace = made_up([*"ab", "</s>"], ["x", "</s>"])
    trace["beam"] = [node | {"score": -6e-6} for node in trace["beam"]]
    page = show(trace, "view=choices&step=2")
    expect(page.locator(".beam-note")).to_contain_text("the score that the search ranked by")
    assert page.locator(".beam-score").all_text_contents() == ["0.000", "0.000"]
    box = page.locator(".hypothesis.current rect").bounding_box()
    page.evaluate("location.hash = '#view=choices&step=2&present=1'")
    expect(page.locator(".mechanics.present")).to_have_count(1)
    larger = page.locator(".hypothesis.current rect").bounding_box()
    assert larger["width"] == pytest.approx(1.4 * box["width"], rel=0.03)
