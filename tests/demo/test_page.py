"""The page in a real browser: type a sentence, see the answer and the picture."""

import pytest

pytestmark = pytest.mark.browser
SOON = 20_000  # milliseconds; the machine may be busy


@pytest.fixture
def page(browser, demo_url):
    """The opened page; a script error, a failed answer or a request to another host fails the test."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    tab = context.new_page()
    problems = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("dialog", lambda dialog: problems.append(dialog.message) or dialog.dismiss())
    tab.on(
        "request", lambda request: problems.append(request.url) if not _local(request.url, demo_url) else None
    )
    tab.set_default_timeout(SOON)
    tab.goto(demo_url)
    tab.locator("#text textarea").wait_for()
    yield tab
    context.close()
    assert problems == []


def _local(url, demo_url):
    return url.startswith((demo_url, "data:", "blob:"))


def answer(page, expected):
    """Waits until the translation is the expected one."""
    page.wait_for_function(
        "expected => document.querySelector('#translation textarea').value === expected",
        arg=expected,
        timeout=SOON,
    )


def test_a_sentence_typed_is_translated_and_its_attention_drawn(page):
    assert "attention appears here" in page.locator("#details").inner_text()
    page.locator("#text textarea").type("may 5th")
    page.keyboard.press("Enter")
    answer(page, "MAY 5TH")
    table = page.locator("#details table")
    table.wait_for()
    assert table.locator("thead th").all_inner_texts() == ["m", "a", "y", "␣", "5", "t", "h", "</s>"]
    assert table.locator("tbody th").all_inner_texts() == ["M", "A", "Y", "␣", "5", "T", "H", "</s>"]
    cells = table.locator("tbody tr:nth-child(2) td")
    colours = cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).backgroundColor)")
    assert len(colours) == 8
    assert len(set(colours)) == 2
    assert colours.count(colours[1]) == 1  # the one it looked at has a colour of its own
    assert cells.nth(1).get_attribute("title") == "A ← a: 0.912"
    box = cells.nth(1).bounding_box()
    assert min(box["width"], box["height"]) >= 14
    assert "-0.0100" in page.locator("#details").inner_text()
    assert "8 tokens" in page.locator("#details").inner_text()


def test_the_button_does_the_same(page):
    page.fill("#text textarea", "june")
    page.click("#translate")
    answer(page, "JUNE")


def test_an_example_is_translated_at_a_click(page):
    page.get_by_text("2024年3月5日").click()
    answer(page, "2024年3月5日")
    assert page.locator("#text textarea").input_value() == "2024年3月5日"


def test_another_model_brings_its_own_examples(page):
    page.fill("#text textarea", "x")
    page.keyboard.press("Enter")
    answer(page, "X")
    page.click("#model input")
    page.get_by_role("option", name="words").click()
    page.get_by_text("a short sentence").wait_for()
    assert page.get_by_text("2024年3月5日").count() == 0
    assert page.get_by_text("Upper-cases <words>").count() == 1
    answer(page, "")  # what the other model said is gone
    page.get_by_text("a short sentence").click()
    answer(page, "A SHORT SENTENCE")
    page.locator("#details table").wait_for()
    assert page.locator("#details tbody th").all_inner_texts() == ["A", "SHORT", "SENTENCE", "</s>"]


def test_markup_in_the_text_stays_text(page):
    text = '<img src=x onerror="alert(1)"> & ${1+1} {{x}} <script>alert(2)</script>'
    page.fill("#text textarea", text)
    page.keyboard.press("Enter")
    answer(page, text.upper())
    page.locator("#details table").wait_for()
    assert page.locator("#details img, #details script").count() == 0
    assert page.locator("#details thead th").first.inner_text() == "<"


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "Type a text first"),
        ("  ", "Type a text first"),
        ("x" * 301, "301 characters"),
        ("refuse this", "Expected another <b>text</b>"),
        ("crash", "Something went wrong here"),
    ],
)
def test_what_does_not_work_is_said_in_the_page(page, text, message):
    page.fill("#text textarea", "before")
    page.keyboard.press("Enter")
    answer(page, "BEFORE")
    page.fill("#text textarea", text)
    page.click("#translate")
    problem = page.locator("#details .s2s-problem")
    problem.wait_for()
    assert message in problem.inner_text()
    assert "secret" not in page.content()
    assert page.locator("#translation textarea").input_value() == ""
    assert page.locator("#details table").count() == 0


def test_it_fits_a_telephone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.fill("#text textarea", "a rather long text for so narrow a screen, is it not")
    page.keyboard.press("Enter")
    page.locator("#details table").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
