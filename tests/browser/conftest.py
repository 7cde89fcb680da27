"""A headless Chromium from npm, a static web server, and an exported model for the tests in this folder."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from page_server import PageServer

BROWSER_PROJECT = Path(__file__).resolve().parents[2] / "apps" / "browser"

# Asks the npm package for its binary (unpacked on the first call) and the arguments it needs.
ASK_FOR_CHROMIUM = """
import chromium from "@sparticuz/chromium";
console.log(JSON.stringify({ path: await chromium.executablePath(), args: chromium.args }));
"""
# Two of the package's switches turn off the browser's own web security, which would make these tests
# blind; with the other two, closing one page ends the whole browser.
UNWANTED_ARGUMENTS = {"--disable-web-security", "--allow-running-insecure-content", "--single-process",
                      "--no-zygote"}


@pytest.fixture(scope="session")
def npm_project() -> Path:
    """The npm project with its modules installed."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed: the browser tests need Node 20 or newer")
    if not (BROWSER_PROJECT / "node_modules").is_dir():
        pytest.skip("npm modules are absent: run `npm ci` in apps/browser")
    return BROWSER_PROJECT


@pytest.fixture(scope="session")
def browser(npm_project: Path) -> Iterator:
    from playwright.sync_api import sync_playwright

    command = ["node", "--input-type=module", "--eval", ASK_FOR_CHROMIUM]
    answer = subprocess.run(command, cwd=npm_project, capture_output=True, text=True, check=True, timeout=120)
    chromium = json.loads(answer.stdout.splitlines()[-1])
    args = [argument for argument in chromium["args"] if argument not in UNWANTED_ARGUMENTS]
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium["path"], args=args)
        yield instance
        instance.close()


@pytest.fixture
def problems() -> list[str]:
    """Script errors and policy violations of the test's page. What is in it at the end fails the test."""
    return []


@pytest.fixture
def page(browser, problems: list[str]) -> Iterator:
    """A fresh page."""
    context = browser.new_context()
    tab = context.new_page()
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("console", lambda message: problems.append(message.text) if "Security" in message.text else None)
    yield tab
    context.close()
    assert problems == []


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


@pytest.fixture
def damaged_copy(bundle: Path, tmp_path: Path) -> Path:
    """A copy of the web folder that a test may break."""
    return Path(shutil.copytree(bundle, tmp_path / "web"))
