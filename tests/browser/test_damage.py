"""A bundle with something wrong says what, what was expected, and what to do."""

import hashlib
import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def error_of(page, url: str) -> str:
    page.goto(url)
    page.wait_for_selector("#error:not([hidden])")
    expect(page.locator("#loading")).to_be_hidden()
    expect(page.locator("#form")).to_be_hidden()
    return page.locator("#error").text_content()


def edit_json(path, **changes) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **changes}), "utf-8")


def renew_manifest(model) -> None:
    """Makes the manifest fit the files again, as if the exporter had written them so."""
    manifest = json.loads((model / "manifest.json").read_text("utf-8"))
    for name in manifest["files"]:
        content = (model / name).read_bytes()
        manifest["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (model / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def test_one_changed_bit_in_the_weights(page, serve, damaged_copy):
    weights = damaged_copy / "model" / "weights.bin"
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    message = error_of(page, serve(damaged_copy))
    assert "weights.bin is damaged" in message
    assert "Export the model again" in message


def test_truncated_weights(page, serve, damaged_copy):
    weights = damaged_copy / "model" / "weights.bin"
    size = weights.stat().st_size
    weights.write_bytes(weights.read_bytes()[:-1])
    message = error_of(page, serve(damaged_copy))
    assert f"weights.bin has {size - 1} bytes. The manifest says {size}." in message


@pytest.mark.parametrize("name", ["manifest.json", "config.json", "weights.bin", "step.json"])
def test_a_missing_file(page, serve, damaged_copy, name):
    (damaged_copy / "model" / name).unlink()
    message = error_of(page, serve(damaged_copy))
    assert f"{name} answered 404" in message
    assert "upload the whole folder" in message


def test_a_manifest_that_is_something_else(page, serve, damaged_copy):
    (damaged_copy / "model" / "manifest.json").write_text("<!doctype html><title>Start</title>", "utf-8")
    assert "manifest.json is not JSON" in error_of(page, serve(damaged_copy))


def test_a_manifest_without_a_file(page, serve, damaged_copy):
    manifest = damaged_copy / "model" / "manifest.json"
    files = json.loads(manifest.read_text("utf-8"))["files"]
    del files["step.json"]
    edit_json(manifest, files=files)
    assert "manifest.json does not list step.json" in error_of(page, serve(damaged_copy))


@pytest.mark.parametrize("version", [1, 3])
@pytest.mark.parametrize("name", ["manifest.json", "config.json", "tokenizer.json"])
def test_an_older_or_newer_format(page, serve, damaged_copy, name, version):
    edit_json(damaged_copy / "model" / name, format_version=version)
    if name != "manifest.json":
        renew_manifest(damaged_copy / "model")
    message = error_of(page, serve(damaged_copy))
    assert f"{name} has format version {version}. This runtime reads version 2." in message


def test_a_tokenizer_that_this_runtime_does_not_know(page, serve, damaged_copy):
    path = damaged_copy / "model" / "tokenizer.json"
    source = json.loads(path.read_text("utf-8"))["source"]
    edit_json(path, source={**source, "type": "syllable"})
    renew_manifest(damaged_copy / "model")
    assert 'a tokenizer of type "syllable"' in error_of(page, serve(damaged_copy))
