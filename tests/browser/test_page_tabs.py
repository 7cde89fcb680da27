"""The page's tabs, its models, and the address that says which is seen."""

import shutil
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
DONE = "#answer:not(.writing):not(:empty)"


@pytest.fixture
def address(serve, site):
    """`address(**whereabouts)` -> an address of the site."""
    root = serve(site.parent) + site.name + "/"
    return lambda **whereabouts: f"{root}#{urlencode(whereabouts)}"


def whereabouts(page) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(page.url).fragment).items()}


def panel(page, name: str):
    return page.locator(f"#{name}[role=tabpanel]")


def test_arrow_keys_move_along_the_tabs_and_the_address_follows(page, address):
    page.goto(address())
    page.wait_for_selector(DONE)
    page.locator("#tab-translate").focus()
    for key, name in [("ArrowLeft", "about"), ("ArrowLeft", "benchmark"), ("Home", "translate"), ("End", "about")]:
        page.keyboard.press(key)
        tab = page.locator(f"#tab-{name}")
        expect(tab).to_be_focused()
        expect(tab).to_have_attribute("aria-selected", "true")
        expect(panel(page, name)).to_be_visible()
        assert page.locator("[role=tabpanel]:visible").count() == 1
        assert whereabouts(page)["tab"] == name


def test_an_address_leads_to_model_tab_text_and_beam(page, address, translator):
    page.goto(address(tab="translate", model="days", text="31/12/1999", beam=5, best=3))
    page.wait_for_selector(DONE)
    expect(page.locator("h1")).to_have_text("Days")
    expect(page.locator("#source")).to_have_value("31/12/1999")
    expect(page.locator("#answer")).to_have_text(translator("31/12/1999", beam_size=5).text)
    expected = [answer.text for answer in translator("31/12/1999", beam_size=5, n_best=3).n_best]
    assert page.locator("#n-best .alternative").all_text_contents() == expected
    # The second one's own alignment.
    page.locator("#n-best button").nth(1).click()
    expect(page.locator("#answer")).to_have_text(expected[1])
    expect(page.locator("#n-best button").nth(1)).to_have_attribute("aria-pressed", "true")
    assert whereabouts(page) == {"tab": "translate", "model": "days", "text": "31/12/1999", "beam": "5", "best": "3"}


def test_a_link_followed_within_the_page(page, address):
    page.goto(address(model="dates"))
    page.wait_for_selector(DONE)
    page.goto(address(tab="about", model="days"))
    expect(page.locator("#about-facts")).to_contain_text("days")
    assert whereabouts(page) == {"tab": "about", "model": "days", "text": "may 5th, 2005"}


def test_what_an_address_cannot_mean_is_left_out(page, address):
    page.goto(address(tab="<b>", model="no such", beam="-3", best="x"))
    page.wait_for_selector(DONE)
    expect(page.locator("h1")).to_have_text("Dates")
    assert whereabouts(page) == {"tab": "translate", "model": "dates", "text": "march 3rd, 1999"}


def test_a_model_chosen_in_the_middle_of_a_translation(page, address, translator):
    """The old run ends, nothing of it appears under the new model, and the new one translates its own example."""
    page.goto(address(model="dates"))
    page.wait_for_selector(DONE)
    page.evaluate(
        """() => {
          const answer = document.getElementById("answer");
          const chooser = document.getElementById("model");
          window.seen = [];
          let switched = false;
          new MutationObserver(() => {
            if (switched) return window.seen.push(answer.textContent);
            if (answer.textContent === "") return;
            switched = true;
            chooser.value = "days";
            chooser.dispatchEvent(new Event("change"));
          }).observe(answer, { childList: true });
        }""")
    page.fill("#source", "31/12/1999")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Days")
    page.wait_for_selector(DONE)
    answer = translator("may 5th, 2005").text
    expect(page.locator("#answer")).to_have_text(answer)
    assert [text for text in page.evaluate("seen") if not answer.startswith(text)] == []
    expect(page.locator("#source")).to_have_value("may 5th, 2005")
    expect(page.locator("#error")).to_be_hidden()


def test_a_model_that_fails_leaves_the_others(page, serve, site, tmp_path):
    broken = shutil.copytree(site, tmp_path / "site")
    # Not its weights: they are those of the other model, which the browser keeps by what is in them.
    config = (broken / "models" / "days" / "config.json").rename(tmp_path / "config.json")
    page.goto(serve(broken))
    page.wait_for_selector(DONE)
    page.select_option("#model", "days")
    expect(page.locator("#error-message")).to_contain_text("config.json answered 404")
    page.select_option("#model", "dates")
    page.wait_for_selector(DONE)
    expect(page.locator("#error")).to_be_hidden()
    page.select_option("#model", "days")
    expect(page.locator("#error-message")).to_contain_text("config.json answered 404")
    config.rename(broken / "models" / "days" / "config.json")
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector(DONE)
    expect(page.locator("#error")).to_be_hidden()


def test_the_about_tab_tells_sizes_and_shows_the_card_as_text(page, address, config):
    page.goto(address(tab="about", model="dates"))
    expect(page.locator("#about-facts")).to_contain_text(f"{config['parameters']:,}", timeout=20_000)
    page.get_by_text("Its card").click()
    expect(page.locator("#about-card")).to_contain_text("Tells days & <months>.")
    page.get_by_text("Its files").click()
    expect(page.locator("#about-files")).to_contain_text("weights.bin")


def test_the_benchmark_measures_and_can_be_stopped(page, address):
    page.goto(address(tab="benchmark", model="dates"))
    page.select_option("#benchmark-runs", "5")
    page.click("#benchmark-start")
    page.wait_for_selector("#benchmark-table tbody tr:first-child .bar")
    expect(page.locator("#benchmark-stop")).to_be_focused()
    page.click("#benchmark-stop")
    expect(page.locator("#benchmark-status")).to_have_text("Stopped.", timeout=20_000)
    expect(page.locator("#benchmark-start")).to_be_focused()
    first, *others = page.locator("#benchmark-table tbody tr").all_text_contents()
    assert first.startswith("wasm")
    assert "ms" in first
    assert others[-1].endswith("stopped")
