"""What tests in several folders share: a headless Chromium from npm."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

BROWSER_PROJECT = Path(__file__).resolve().parents[1] / "apps" / "browser"

# Asks the npm package for its binary (unpacked on the first call) and the arguments it needs.
ASK_FOR_CHROMIUM = """
import chromium from "@sparticuz/chromium";
console.log(JSON.stringify({ path: await chromium.executablePath(), args: chromium.args }));
"""
# Two of the package's switches turn off the browser's own web security, which would make these tests
# blind; with the other two, closing one page ends the whole browser.
UNWANTED_ARGUMENTS = {
    "--disable-web-security",
    "--allow-running-insecure-content",
    "--single-process",
    "--no-zygote",
}


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
    """A headless Chromium that npm installed, shared by all tests that need one."""
    from playwright.sync_api import sync_playwright

    command = ["node", "--input-type=module", "--eval", ASK_FOR_CHROMIUM]
    answer = subprocess.run(command, cwd=npm_project, capture_output=True, text=True, check=True, timeout=120)
    chromium = json.loads(answer.stdout.splitlines()[-1])
    args = [argument for argument in chromium["args"] if argument not in UNWANTED_ARGUMENTS]
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium["path"], args=args)
        yield instance
        instance.close()
