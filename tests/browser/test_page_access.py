"""Every tab, light and dark, on a telephone and on a desk: axe finds nothing, and the keyboard reaches all."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
TABS = ("translate", "inside", "benchmark", "about")


def prepare(page, tab: str) -> None:
    """Opens a tab and all that it has folded away."""
    page.click(f"#tab-{tab}")
    if tab == "inside":
        expect(page.locator("#inside-message")).not_to_have_text("Computing the run …")
    if tab == "about":
        expect(page.locator("#about-facts")).to_be_visible()
    for summary in page.locator(f"#{tab} summary:visible").all():
        summary.click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(browser, npm_project, serve, site, width, scheme):
    # Only a page without the policy lets a test bring a script of its own.
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce", bypass_csp=True)
    page = context.new_page()
    page.goto(serve(site) + "#beam=3&best=3")
    page.wait_for_selector("#answer:not(.writing):not(:empty)")
    page.evaluate((npm_project / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8"))
    for tab in TABS:
        prepare(page, tab)
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        violations = [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found["violations"]]
        assert violations == [], tab
        assert len(found["passes"]) > 15
        assert page.evaluate("document.documentElement.scrollWidth") <= width, tab
    context.close()


def test_the_keyboard_reaches_all_and_shows_where_it_is(page, serve, site):
    page.goto(serve(site))
    page.wait_for_selector("#answer:not(.writing):not(:empty)")
    reached, outlined = [], []
    page.locator("#model").focus()
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id || document.activeElement.className"))
        outlined.append(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
        if reached[-1] == "grid-scroll":
            break
    assert reached[:3] == ["tab-translate", "source", "submit"]
    assert {"beam", "grid-scroll"} <= set(reached)
    assert set(outlined) == {"solid"}
