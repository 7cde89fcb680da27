"""A page, a static web server, and an exported model for the tests in this folder."""

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from page_server import PageServer


@pytest.fixture
def problems() -> list[str]:
    """Script errors and policy violations of the test's page. What is in it at the end fails the test."""
    return []


@contextlib.contextmanager
def fresh_page(browser, problems: list[str]) -> Iterator:
    """A page with nothing stored, whose script errors and policy violations go to `problems`."""
    context = browser.new_context()
    tab = context.new_page()
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("console", lambda message: problems.append(message.text) if "Security" in message.text else None)
    yield tab
    context.close()


@pytest.fixture
def page(browser, problems: list[str]) -> Iterator:
    """A fresh page."""
    with fresh_page(browser, problems) as tab:
        yield tab
    assert problems == []


@pytest.fixture(scope="module")
def opened_page(browser, serve, bundle) -> Iterator:
    """The page of `bundle`, loaded once for a module's tests, and what went wrong in it so far."""
    problems: list[str] = []
    with fresh_page(browser, problems) as tab:
        tab.goto(serve(bundle))
        tab.wait_for_selector("#answer:not(.writing):not(:empty)")
        yield tab, problems


@pytest.fixture(scope="session")
def translator():
    """The shipped model in Python: what it answers is what the browser has to answer."""
    import keras_s2s

    return keras_s2s.Translator.load("dates")


@pytest.fixture(scope="session")
def bundle(translator, tmp_path_factory) -> Path:
    """A web folder as `export --tfjs` writes it: the page, the runtime, `model/`."""
    folder = tmp_path_factory.mktemp("export") / "web"
    translator.export_tfjs(folder)
    return folder


@pytest.fixture(scope="session")
def config(bundle: Path) -> dict:
    return json.loads((bundle / "model" / "config.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """`serve(folder, policy=None)` -> the address of the folder, served with that Content-Security-Policy."""
    servers: list[PageServer] = []

    def start(folder: Path, policy: str | None = None) -> str:
        servers.append(PageServer(folder, policy))
        return servers[-1].url

    yield start
    for server in servers:
        server.stop()


@pytest.fixture(scope="session")
def site(bundle: Path, tmp_path_factory) -> Path:
    """A site with two models: the shipped one, and the same with a name and examples of its own."""
    from keras_s2s.export.site import write_site

    models = tmp_path_factory.mktemp("models")
    for name in ("dates", "days"):
        shutil.copytree(bundle / "model", models / name / "tfjs")
    (models / "dates" / "card.md").write_text("# dates\n\nTells days & <months>.\n", "utf-8")
    changed = models / "days" / "tfjs"
    config = json.loads((changed / "config.json").read_text("utf-8"))
    content = json.dumps({**config, "name": "days", "examples": ["may 5th, 2005", "7.8.1990"]}).encode()
    (changed / "config.json").write_bytes(content)
    manifest = json.loads((changed / "manifest.json").read_text("utf-8"))
    manifest["files"]["config.json"] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (changed / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return write_site({"dates": models / "dates", "days": models / "days"}, tmp_path_factory.mktemp("web") / "site")


@pytest.fixture
def damaged_copy(bundle: Path, tmp_path: Path) -> Path:
    """A copy of the web folder that a test may break."""
    return Path(shutil.copytree(bundle, tmp_path / "web"))
