"""The page without a network, and what it says where it cannot work."""

import base64
import hashlib
import re
import shutil

import pytest
from page_server import PageServer
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
DONE = "#answer:not(.writing):not(:empty)"
NEWER = "0123456789abcdef"


@pytest.fixture
def copy(bundle, tmp_path):
    """A web folder that a test may change."""
    return shutil.copytree(bundle, tmp_path / "web")


def kept(page) -> None:
    """Waits until the page is kept."""
    page.click("#tab-about")
    expect(page.locator("#about-offline")).to_contain_text("opens without a network", timeout=20_000)
    page.click("#tab-translate")


def test_the_second_visit_needs_no_server(page, bundle, translator):
    server = PageServer(bundle.parent)
    page.goto(f"{server.url}{bundle.name}/")
    page.wait_for_selector(DONE)
    kept(page)
    server.stop()
    page.goto(f"{server.url}{bundle.name}/#text=31%2F12%2F1999")
    page.reload()
    page.wait_for_selector(DONE)
    expect(page.locator("#answer")).to_have_text(translator("31/12/1999").text)
    page.click("#tab-inside")
    expect(page.locator("seq2seq-mechanics")).to_contain_text("31/12/1999")


def test_a_new_version_takes_over_at_the_next_load(page, copy, serve):
    page.goto(serve(copy))
    page.wait_for_selector(DONE)
    kept(page)
    page.reload()
    page.wait_for_selector(DONE)
    publish(copy, ">The model<", ">A newer page<")
    waiting = page.evaluate(
        """async () => {
          const found = await navigator.serviceWorker.getRegistration();
          await found.update();
          while (found.waiting === null) await new Promise((resolve) => setTimeout(resolve, 50));
          return found.waiting.state;
        }""")
    # What runs goes on as it is; the next load is the new version, and of the old one nothing is left.
    assert waiting == "installed"
    expect(page.locator("#about-model")).to_have_text("The model")
    page.reload()
    expect(page.locator("#about-model")).to_have_text("A newer page")
    page.wait_for_selector(DONE)
    names = page.evaluate("caches.keys()")
    assert [name.split()[-1] for name in names if name.startswith("keras-s2s-page")] == [NEWER]


def test_half_a_new_version_is_not_taken(page, copy, serve):
    """While its files are being uploaded, the old version stays as it is."""
    url = serve(copy)
    page.goto(url)
    page.wait_for_selector(DONE)
    kept(page)
    publish(copy, ">The model<", ">A newer page<")
    (copy / "page.css").write_text("body { color: red }", "utf-8")
    state = page.evaluate(
        """async () => {
          const found = await navigator.serviceWorker.getRegistration();
          await found.update();
          const newer = found.installing ?? found.waiting;
          while (newer.state === "installing") await new Promise((resolve) => setTimeout(resolve, 50));
          return newer.state;
        }""")
    assert state == "redundant"
    page.reload()
    page.wait_for_selector(DONE)
    expect(page.locator("#about-model")).to_have_text("The model")
    assert page.evaluate("getComputedStyle(document.body).color") != "rgb(255, 0, 0)"


def publish(folder, before: str, after: str) -> None:
    """Changes index.html, and its hash in the service worker's list, as a build would."""
    def integrity(content: str) -> str:
        return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()

    old = (folder / "index.html").read_text("utf-8")
    new = old.replace(before, after)
    assert new != old
    (folder / "index.html").write_text(new, "utf-8")
    worker = (folder / "service-worker.js").read_text("utf-8")
    changed = worker.replace(integrity(old), integrity(new))
    assert changed != worker
    version = re.search(r'"([0-9a-f]{16})"', worker)[1]
    (folder / "service-worker.js").write_text(changed.replace(version, NEWER), "utf-8")


def test_what_is_stored_can_be_removed(page, bundle, serve):
    page.goto(serve(bundle))
    page.wait_for_selector(DONE)
    kept(page)
    page.click("#tab-about")
    expect(page.locator("#about-stored")).to_contain_text("MB are stored on this device")
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("#about-stored")).to_have_text("Nothing is stored on this device.")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((found) => found.length)") == 0


def test_over_plain_http_it_works_and_says_what_it_cannot(page, bundle, serve, translator):
    """Another machine's address is no secure context: no cache, no service worker."""
    url = serve(bundle)
    page.route("http://elsewhere.test/**", lambda route: route.continue_(
        url=route.request.url.replace("http://elsewhere.test/", url)))
    page.goto("http://elsewhere.test/#text=31%2F12%2F1999")
    page.wait_for_selector(DONE)
    expect(page.locator("#answer")).to_have_text(translator("31/12/1999").text)
    page.click("#tab-about")
    expect(page.locator("#about-offline")).to_contain_text("only over https")
    expect(page.locator("#about-stored")).to_have_text("Nothing is stored on this device.")


def test_opened_from_the_disk_it_says_what_to_do(browser, bundle):
    page = browser.new_page()
    page.goto((bundle / "index.html").as_uri())
    expect(page.locator("#stuck")).to_be_visible(timeout=10_000)
    expect(page.locator("#stuck")).to_contain_text("python -m http.server")
    page.close()
