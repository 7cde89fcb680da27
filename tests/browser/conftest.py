"""A headless Chromium from npm, a static web server, and an exported model for the tests in this folder."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from page_server import PageServer

BROWSER_PROJECT = Path(__file__).resolve().parents[2] / "apps" / "browser"
ASSETS = Path(__file__).resolve().parents[2] / "keras_s2s" / "assets" / "browser"

# Asks the npm package for its binary (unpacked on the first call) and the arguments it needs.
ASK_FOR_CHROMIUM = """
import chromium from "@sparticuz/chromium";
console.log(JSON.stringify({ path: await chromium.executablePath(), args: chromium.args }));
"""
# Switches of the package that would make these tests blind: they turn off the browser's own web security.
UNWANTED_ARGS = {"--disable-web-security", "--allow-running-insecure-content"}


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
    args = [argument for argument in chromium["args"] if argument not in UNWANTED_ARGS]
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium["path"], args=args)
        yield instance
        instance.close()


@pytest.fixture
def page(browser) -> Iterator:
    """A fresh page that fails its test on any script error or violated Content-Security-Policy."""
    context = browser.new_context()
    tab = context.new_page()
    problems: list[str] = []
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("console", lambda message: problems.append(message.text) if "Security" in message.text else None)
    yield tab
    context.close()
    assert problems == []


@pytest.fixture(scope="session")
def bundle(tmp_path_factory) -> Path:
    """A web folder as `export --tfjs` writes it: the page, the runtime, `model/`.

    The environment variable KERAS_S2S_TEST_BUNDLE names a ready one to test instead.
    """
    ready = os.environ.get("KERAS_S2S_TEST_BUNDLE")
    if ready:
        return Path(ready)
    import keras_s2s

    folder = tmp_path_factory.mktemp("web")
    keras_s2s.Translator.load("dates").export_tfjs(folder)
    return folder


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
