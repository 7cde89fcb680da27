"""A headless Chromium that npm installs: no system packages, no download of its own."""

import contextlib
import json
import subprocess
from pathlib import Path

NPM_PROJECT = Path(__file__).resolve().parents[1] / "apps" / "browser"

# Asks the npm package for its binary (unpacked on the first call) and the arguments it needs.
_ASK = """
import chromium from "@sparticuz/chromium";
console.log(JSON.stringify({ path: await chromium.executablePath(), args: chromium.args }));
"""
# Two of the package's switches turn off the browser's own web security, which would make tests blind; with the other
# two, closing one page ends the whole browser.
_UNWANTED = {"--disable-web-security", "--allow-running-insecure-content", "--single-process", "--no-zygote"}


@contextlib.contextmanager
def headless_chromium():
    """A Playwright browser while the block lasts. `apps/browser` must have its npm modules."""
    from playwright.sync_api import sync_playwright

    command = ["node", "--input-type=module", "--eval", _ASK]
    answer = subprocess.run(command, cwd=NPM_PROJECT, capture_output=True, text=True, check=True, timeout=120)
    found = json.loads(answer.stdout.splitlines()[-1])
    args = [argument for argument in found["args"] if argument not in _UNWANTED]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found["path"], args=args)
        yield browser
        browser.close()
