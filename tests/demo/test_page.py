"""The page in a real browser, tab by tab, beside the same calls in Python."""

import re

import pytest
from close_traces import assert_close
from nasty_texts import NASTY

pytestmark = pytest.mark.browser
SOON = 30_000  # milliseconds; the machine may be busy
TEXT = "April 5th, 1987"


@pytest.fixture
def page(browser, demo_url):
    """The opened page; a script error, a dialog or a request to another host fails the test."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    tab = context.new_page()
    problems = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("dialog", lambda dialog: problems.append(dialog.message) or dialog.dismiss())
    tab.on("request", lambda request: problems.append(request.url)
           if not request.url.startswith((demo_url, "data:", "blob:")) else None)
    tab.set_default_timeout(SOON)
    tab.goto(demo_url)
    tab.locator("#text textarea").wait_for()
    yield tab
    context.close()
    assert problems == []


def write(page, text):
    page.fill("#text textarea", text)
    page.keyboard.press("Enter")


def answered(page, expected):
    """Waits until the translation is the expected one."""
    page.wait_for_function("expected => document.querySelector('#translation textarea')?.value === expected",
                           arg=expected, timeout=SOON)


def choose(page, model):
    page.click("#model input")
    page.get_by_role("option", name=model, exact=True).first.click()


def pick(page, chooser, option):
    """Chooses an option of a dropdown, by its beginning."""
    page.click(f"#{chooser} input")
    page.locator(f"#{chooser}").get_by_role("option", name=re.compile(f"^{re.escape(option)}")).first.click()


def shown_trace(page, name="trace"):
    """The trace in the mechanics view, `None` while there is none."""
    return page.evaluate("name => document.querySelector('seq2seq-mechanics')?.[name] ?? null", name)


def mechanics_shows(page, tokens):
    page.wait_for_function(
        "tokens => document.querySelector('seq2seq-mechanics')?.trace?.target_tokens.join() === tokens",
        arg=",".join(tokens), timeout=SOON)


def test_a_sentence_typed_is_translated_and_its_attention_drawn(page, dates):
    assert page.locator("#text textarea").input_value() == dates.examples[0]  # something to look at from the beginning
    answered(page, dates(dates.examples[0]).text)
    write(page, TEXT)
    expected = dates(TEXT)
    answered(page, expected.text)
    table = page.locator("#details table.s2s-map")
    assert table.locator("thead th").all_inner_texts() == [*"april␣5th,␣1987", "</s>"]
    assert table.locator("tbody th").all_inner_texts() == [*"1987-04-05", "</s>"]
    drawn = table.locator("tbody td").evaluate_all(
        "cells => cells.map(cell => Number(getComputedStyle(cell).getPropertyValue('--weight')))")
    assert drawn == pytest.approx(expected.attention.ravel().tolist(), abs=6e-4)
    colours = table.locator("tbody tr:first-child td").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell).backgroundColor)")
    assert len(set(colours)) > 1
    assert f"score {expected.score:.4f}" in page.locator("#details").inner_text()
    assert "11 tokens" in page.locator("#details").inner_text()


def test_a_beam_brings_what_else_it_found(page, dates):
    page.fill("#beam input[type=number]", "3")
    page.fill("#text textarea", TEXT)
    page.click("#translate-run")
    answered(page, "1987-04-05")
    found = dates(TEXT, beam_size=3, n_best=3).n_best
    rows = page.locator("#details table.s2s-table tbody tr")
    rows.first.wait_for()
    assert rows.locator("td:nth-child(2)").all_inner_texts() == [one.text for one in found]
    assert rows.locator("td:nth-child(3)").all_inner_texts() == [f"{one.score:.4f}" for one in found]


def test_look_inside_and_force_a_token(page, dates):
    write(page, TEXT)
    answered(page, "1987-04-05")
    page.get_by_role("tab", name="Look inside").click()
    mechanics_shows(page, [*"1987-04-05", "</s>"])
    assert_close(shown_trace(page), dates.trace(TEXT).to_dict())
    page.fill("#text textarea", "what is only being typed")  # changes nothing in the run that is shown
    # As the view itself says it when the visitor presses its button.
    page.evaluate("""document.querySelector("seq2seq-mechanics").dispatchEvent(
        new CustomEvent("force", { detail: { step: 3, token: "5" } }))""")
    expected = dates.intervene(TEXT, force={3: "5"})
    mechanics_shows(page, expected.after.target_tokens)
    assert_close(shown_trace(page), expected.after.to_dict())
    assert_close(shown_trace(page, "compare"), expected.before.to_dict())
    assert "token 4 is forced to be “5”" in page.locator("#look-inside-message").inner_text()
    page.evaluate("""document.querySelector("seq2seq-mechanics").dispatchEvent(
        new CustomEvent("swap", { detail: { position: 0, word: "april", text: "May" } }))""")
    mechanics_shows(page, dates.trace("May 5th, 1987").target_tokens)
    page.fill("#text textarea", TEXT)
    page.click("#undo")
    mechanics_shows(page, [*"1987-04-05", "</s>"])
    assert shown_trace(page, "compare") is None


def test_a_change_that_cannot_be_made_leaves_the_run(page):
    write(page, TEXT)
    answered(page, "1987-04-05")
    page.get_by_role("tab", name="Look inside").click()
    mechanics_shows(page, [*"1987-04-05", "</s>"])
    page.evaluate("""document.querySelector("seq2seq-mechanics").dispatchEvent(
        new CustomEvent("force", { detail: { step: 3, token: "<b>" } }))""")
    problem = page.locator("#look-inside-message .s2s-problem")
    problem.wait_for()
    assert "'<b>' is to be written in step 3" in problem.inner_text()
    assert shown_trace(page)["target_tokens"] == [*"1987-04-05", "</s>"]


def test_intervene(page, dates):
    write(page, TEXT)
    answered(page, "1987-04-05")
    page.get_by_role("tab", name="Intervene").click()
    page.locator("#compared .s2s-tokens").wait_for()
    pick(page, "force-step", "1 · 1")
    page.wait_for_function("document.querySelector('#force-token input')?.value", timeout=SOON)
    pick(page, "force-token", "2")
    page.fill("#text textarea", "what is only being typed")
    page.click("#run-again")
    expected = dates.intervene(TEXT, force={0: "2"})
    page.locator("#compared .s2s-verdict").wait_for()
    sides = page.locator("#compared section")
    for side, trace, marked, style in ((0, expected.before, expected.removed, "removed"),
                                       (1, expected.after, expected.changed, "changed")):
        tokens = sides.nth(side).locator("ol.s2s-tokens li")
        assert tokens.locator("bdi").all_inner_texts() == trace.target_tokens
        classes = tokens.evaluate_all("items => items.map(item => item.className)")
        assert [place for place, names in enumerate(classes) if f"s2s-{style}" in names] == marked
    page.fill("#text textarea", TEXT)
    page.click("#take-back")
    page.locator("#compared", has_text="As the model wrote it").wait_for()
    page.fill("#swap-word input, #swap-word textarea", "April")
    page.click("#run-again")
    page.locator("#compared .s2s-problem", has_text="Half of a word to swap").wait_for()


def test_compare_two_models_on_pairs(page, tmp_path):
    page.get_by_role("tab", name="Compare").click()
    assert not page.locator("#text").is_visible()
    (tmp_path / "pairs.tsv").write_text("1 mai 2001\t2001-05-01\n3 mai 2001\t2001-05-30\nmarch 3rd, 1999\t1999-03-03\n")
    page.set_input_files("#compare-file input[type=file]", tmp_path / "pairs.tsv")
    page.locator("#compare-file button[aria-label=Clear]").wait_for()  # uploaded
    page.click("#compare-run")
    rows = page.locator("#compare-scores tbody tr")
    rows.first.wait_for()
    assert rows.nth(0).locator("td").all_inner_texts()[3] == "66.7 %"
    page.locator("#compare-plot canvas, #compare-plot svg").first.wait_for()
    assert page.locator("#compare-lengths tbody tr").count() >= 1
    answers = page.locator("#compare-answers tbody tr").first.locator("td").all_inner_texts()
    assert answers[1] == "2001-05-01"


def test_batch_translates_a_file(page, tmp_path, dates):
    page.get_by_role("tab", name="Batch").click()
    (tmp_path / "texts.txt").write_text("1 mai 2001\n\n<b>march</b> 3rd, 1999\n")
    page.set_input_files("#batch-file input[type=file]", tmp_path / "texts.txt")
    page.locator("#batch-file button[aria-label=Clear]").wait_for()  # uploaded
    page.click("#batch-run")
    page.locator("#batch-result table").wait_for()
    expected = [str(one) for one in dates(["1 mai 2001", "", "<b>march</b> 3rd, 1999"])]
    assert page.locator("#batch-result td:nth-child(3)").all_inner_texts() == expected
    with page.expect_download() as download:
        page.locator("#batch-download a").first.click()
    assert download.value.path().read_text() == "".join(f"{text}\n" for text in expected)


def test_about_and_another_model(page, long):
    write(page, TEXT)
    answered(page, "1987-04-05")
    choose(page, "long")
    answered(page, str(long("the <b>cat</b>")))  # its own first example
    assert page.locator("#text textarea").input_value() == "the <b>cat</b>"
    page.fill("#text textarea", "")
    page.locator("#examples").get_by_text("the <b>cat</b>").click()
    page.wait_for_function("document.querySelector('#text textarea')?.value === 'the <b>cat</b>'", timeout=SOON)
    page.get_by_role("tab", name="About").click()
    page.locator("#card", has_text="This model has no card.").wait_for()
    choose(page, "dates")
    page.locator("#card", has_text="MIERCOLES 17 / 11 / 1943").wait_for()


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_nasty_sentences_are_shown_safely_and_fit(page, long, text):
    page.set_viewport_size({"width": 390, "height": 800})
    choose(page, "long")
    answered(page, str(long("the <b>cat</b>")))
    expected = long(text)
    write(page, text)
    page.wait_for_function("columns => document.querySelectorAll('#details thead th').length === columns",
                           arg=min(len(expected.source_tokens), 200), timeout=SOON)
    answered(page, expected.text)
    assert page.locator("#details script, #details img").count() == 0
    for name in ("Look inside", "Intervene"):
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.get_by_role("tab", name=name).click()
        (page.locator("seq2seq-mechanics") if name == "Look inside" else page.locator("#compared section")).wait_for()
    mechanics_tokens = page.locator("#compared .s2s-tokens li").count()
    assert mechanics_tokens == len(expected.tokens)
    assert page.locator("#compared script, #compared img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("model, text, message", [
    ("dates", "  ", "There is no text yet"), ("dates", "x" * 401, "401 characters"),
    ("crashing", "a", "Something went wrong here"),
])
def test_what_does_not_work_is_said_in_the_page(page, model, text, message):
    if model != "dates":
        choose(page, model)
        page.locator("#examples").get_by_text("<i>1</i>").wait_for()
    page.fill("#text textarea", text)
    page.click("#translate-run")
    problem = page.locator("#details .s2s-problem")
    problem.wait_for()
    assert message in problem.inner_text()
    assert "secret" not in page.content()
    assert page.locator("#translation textarea").input_value() == ""
    assert page.locator("#details table").count() == 0


def test_a_model_without_attention(page):
    choose(page, "plain")
    page.locator("#description", has_text="An untrained model.").wait_for()
    write(page, "abba")
    page.locator("#details", has_text="no attention to look at").wait_for()
    page.get_by_role("tab", name="Intervene").click()
    page.locator("#compared section", has_text="no attention to look at").wait_for()
    assert page.locator("#mute input").is_disabled()


def test_a_link_opens_a_moment_of_a_run(page, demo_url, dates):
    link = "#model=dates&text=April+5th%2C+1987&view=attention&step=4&at=scores"
    page.goto("about:blank")
    page.goto(demo_url + link)
    mechanics_shows(page, [*"1987-04-05", "</s>"])
    view = page.locator("seq2seq-mechanics")
    assert view.locator("[data-view=attention]").get_attribute("aria-selected") == "true"
    view.get_by_text("Step 4 of 11").wait_for()
    assert page.locator("#text textarea").input_value() == TEXT
    page.get_by_role("tab", name="Translate").click()
    answered(page, "1987-04-05")


def test_compare_takes_pairs_of_the_test_set(page):
    page.get_by_role("tab", name="Compare").click()
    page.click("#take-pairs")
    page.wait_for_function("document.querySelector('#compare-texts textarea')?.value.includes('\\t')", timeout=SOON)
    pairs = page.locator("#compare-texts textarea").input_value().split("\n")
    assert all(re.fullmatch(r"[^\t]+\t\d{4}-\d\d-\d\d", pair) for pair in pairs)


def test_each_tab_is_there_once_whatever_was_opened(page):
    expected = ["Translate", "Look inside", "Intervene", "Compare", "Batch", "About"]
    for name in (*expected, "Batch"):
        page.get_by_role("tab", name=name, exact=True).click()
        page.locator(f"#{name.lower().replace(' ', '-')}").wait_for()
        own = page.locator("#tabs [role=tab]").filter(visible=True).evaluate_all(
            "tabs => tabs.filter(tab => tab.getRootNode() === document).map(tab => tab.textContent.trim())")
        assert own == expected
