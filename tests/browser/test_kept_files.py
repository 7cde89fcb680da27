"""What the browser keeps of a model: a second visit downloads nothing, and works without a connection."""

import json

import pytest
from page_server import PageServer
from test_damage import renew_manifest

pytestmark = pytest.mark.browser

LOAD = """async (options = {}) => {
  const { load } = await import("./keras-s2s.js");
  const told = [];
  const onProgress = (progress) => void told.push(progress);
  try {
    const model = await load("./model/", { backend: "cpu", ...options, onProgress });
    const { text } = await model.translate("March 3rd, 1999");
    await model.dispose();
    return { text, first: told[0], last: told.at(-1) };
  } catch (error) {
    return { error: error.message, user: error.name === "UserError" };
  }
}"""

KEPT = """async () => {
  const cache = await caches.open("keras-s2s");
  const keys = (await cache.keys()).map(({ url }) => new URL(url).pathname.split("/").slice(2));
  return keys.filter(([kind]) => kind === "files").map(([, key]) => key).sort();
}"""


@pytest.fixture
def server(damaged_copy, page):
    """A server of a web folder that may be changed; the page holds nothing yet."""
    running = PageServer(damaged_copy)
    page.goto(running.url + "licences.txt")
    yield running
    running.stop()


def asked(server: PageServer) -> list[str]:
    """The model's files asked for since the last time."""
    names = sorted(path.removeprefix("/model/") for path in server.requests if path.startswith("/model/"))
    server.requests.clear()
    return names


def hashes(folder) -> list[str]:
    manifest = json.loads((folder / "model" / "manifest.json").read_text("utf-8"))
    return sorted(entry["sha256"] for entry in manifest["files"].values())


@pytest.mark.parametrize("worker", [True, False])
def test_the_second_visit_downloads_the_manifest_only_and_needs_no_connection(page, server, damaged_copy, worker):
    first = page.evaluate(LOAD, {"worker": worker})
    assert sorted(asked(server)) == sorted(path.name for path in (damaged_copy / "model").iterdir())
    assert page.evaluate(KEPT) == hashes(damaged_copy)
    second = page.evaluate(LOAD, {"worker": worker})
    assert asked(server) == ["manifest.json"]
    server.unreachable = ("/model/",)
    third = page.evaluate(LOAD, {"worker": worker})
    assert [answer["text"] for answer in (first, second, third)] == ["1999-03-03"] * 3
    total = sum(path.stat().st_size for path in (damaged_copy / "model").iterdir() if path.name != "manifest.json")
    for answer in (first, second, third):
        assert 0 < answer["first"]["loaded"] <= answer["last"]["loaded"] == answer["last"]["total"] == total


def test_without_a_connection_the_first_visit_says_so(page, server):
    server.unreachable = ("/model/",)
    answer = page.evaluate(LOAD)
    assert answer["user"]
    assert "manifest.json could not be fetched" in answer["error"]
    assert "unless an earlier visit kept them" in answer["error"]


def test_a_damaged_copy_is_fetched_again(page, server, damaged_copy):
    page.evaluate(LOAD)
    asked(server)
    manifest = json.loads((damaged_copy / "model" / "manifest.json").read_text("utf-8"))
    page.evaluate("""async (sha256) => {
      const cache = await caches.open("keras-s2s");
      const key = (await cache.keys()).find(({ url }) => url.endsWith(sha256));
      const bytes = new Uint8Array(await (await cache.match(key)).arrayBuffer());
      bytes[bytes.length >> 1] ^= 1;
      await cache.put(key, new Response(bytes));
    }""", manifest["files"]["weights.bin"]["sha256"])
    assert page.evaluate(LOAD)["text"] == "1999-03-03"
    assert asked(server) == ["manifest.json", "weights.bin"]
    page.evaluate(LOAD)
    assert asked(server) == ["manifest.json"]


def test_a_new_version_replaces_the_old_one(page, server, damaged_copy):
    page.evaluate(LOAD)
    before = page.evaluate(KEPT)
    config = damaged_copy / "model" / "config.json"
    config.write_text(config.read_text("utf-8") + " ", "utf-8")
    renew_manifest(damaged_copy / "model")
    asked(server)
    assert page.evaluate(LOAD)["text"] == "1999-03-03"
    assert asked(server) == ["config.json", "manifest.json"]
    after = page.evaluate(KEPT)
    assert after == hashes(damaged_copy)
    assert len(set(before) - set(after)) == 1


WITHOUT_ROOM = """() => {
  Cache.prototype.put = () => Promise.reject(new DOMException("no room", "QuotaExceededError"));
}"""
WITHOUT_CACHES = """() => {
  Object.defineProperty(globalThis, "caches", { get() { throw new DOMException("private", "SecurityError"); } });
}"""


@pytest.mark.parametrize("obstacle", [WITHOUT_ROOM, WITHOUT_CACHES], ids=["no room", "no Cache API"])
def test_it_does_without_keeping(page, server, obstacle):
    page.evaluate(obstacle)
    for _ in range(2):
        assert page.evaluate(LOAD, {"worker": False})["text"] == "1999-03-03"
        assert "weights.bin" in asked(server)
