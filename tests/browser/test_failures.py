"""What can fail around a model: a clear message each, and the page goes on."""

import shutil

import pytest
from page_server import PageServer
from test_damage import edit_json

pytestmark = pytest.mark.browser

SETUP = """async () => {
  const runtime = await import("./keras-s2s.js");
  globalThis.load = runtime.load;
  globalThis.tried = async (action) => {
    try { return { value: await action() }; }
    catch (error) { return { error: error.message, user: error instanceof runtime.UserError, name: error.name }; }
  };
  globalThis.answer = async (path, options = {}) => {
    const model = await load(path, { backend: "cpu", ...options });
    const { text } = await model.translate("March 3rd, 1999");
    await model.dispose();
    return { text, worker: model.info.worker, backend: model.info.backend };
  };
}"""

POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src {worker}"
GOOD = {"text": "1999-03-03", "worker": True, "backend": "cpu"}


@pytest.fixture
def open_site(page, damaged_copy):
    """`open_site(policy=None)` -> a server of two copies of the model, `model/` and `broken/`, and a page at it."""
    servers = []

    def open_with(policy: str | None = None) -> PageServer:
        shutil.copytree(damaged_copy / "model", damaged_copy / "broken")
        servers.append(PageServer(damaged_copy, policy))
        page.goto(servers[0].url + "licences.txt")
        page.evaluate(SETUP)
        return servers[0]

    yield open_with
    for server in servers:
        server.stop()


def remove_weights(folder):
    (folder / "weights.bin").unlink()


def change_one_bit(folder):
    content = bytearray((folder / "weights.bin").read_bytes())
    content[1000] ^= 1
    (folder / "weights.bin").write_bytes(content)


def set_version(version):
    def change(folder):
        edit_json(folder / "manifest.json", format_version=version)

    return change


@pytest.mark.parametrize(("change", "message"), [
    (remove_weights, "weights.bin answered 404"),
    (change_one_bit, "weights.bin is damaged"),
    (set_version(1), "manifest.json has format version 1"),
    (set_version(999), "manifest.json has format version 999"),
], ids=["missing shard", "corrupt shard", "old manifest", "newer manifest"])
def test_a_broken_model_is_named_and_another_one_loads(page, open_site, damaged_copy, change, message):
    open_site()
    change(damaged_copy / "broken")
    for worker in (True, False):
        failed = page.evaluate("(worker) => tried(() => answer('./broken/', { worker }))", worker)
        assert failed["user"]
        assert failed["name"] == "UserError"
        assert message in failed["error"]
    assert page.evaluate("answer('./model/')") == GOOD


def test_no_connection_in_the_middle_of_the_download(page, open_site):
    server = open_site()
    server.unreachable = ("/broken/weights.bin",)
    failed = page.evaluate("tried(() => answer('./broken/'))")
    assert failed["user"]
    assert "weights.bin could not be fetched" in failed["error"]
    server.unreachable = ()
    assert page.evaluate("answer('./broken/')") == GOOD


def test_a_backend_that_is_not_here_and_one_that_does_not_exist(page, open_site, problems):
    open_site(POLICY.format(worker="'self'"))
    failed = page.evaluate("tried(() => load('./model/', { backend: 'wasm' }))")
    assert failed["user"]
    assert failed["error"].startswith("The backend wasm does not start in this browser")
    failed = page.evaluate("tried(() => load('./model/', { backend: 'abacus' }))")
    assert failed["user"]
    assert failed["error"].startswith("The backend abacus does not exist")
    assert page.evaluate("answer('./model/', { backend: 'auto' })") == GOOD
    problems.clear()


def test_no_webgl(page, open_site):
    open_site()
    page.evaluate("""() => {
      OffscreenCanvas.prototype.getContext = HTMLCanvasElement.prototype.getContext = () => null;
    }""")
    failed = page.evaluate("tried(() => load('./model/', { backend: 'webgl', worker: false }))")
    assert failed["user"]
    assert failed["error"].startswith("The backend webgl does not start in this browser")
    found = page.evaluate("answer('./model/', { backend: ['webgl', 'cpu'], worker: false })")
    assert found == {**GOOD, "worker": False}


@pytest.mark.parametrize("obstacle", ["policy", "script", "no workers"])
def test_where_no_worker_starts_the_model_lives_in_the_page(page, open_site, damaged_copy, problems, obstacle):
    open_site(POLICY.format(worker="'none'") if obstacle == "policy" else None)
    if obstacle == "script":
        (damaged_copy / "keras-s2s-worker.js").unlink()
    if obstacle == "no workers":
        page.evaluate("delete globalThis.Worker")
    assert page.evaluate("answer('./model/')") == {**GOOD, "worker": False}
    problems.clear()


def test_a_model_switched_in_the_middle_of_a_translation(page, open_site):
    open_site()
    ended, seen, second = page.evaluate("""async () => {
      const first = await load("./broken/", { backend: "cpu" });
      let seen = 0, begun;
      const reached = new Promise((resolve) => { begun = resolve; });
      const onToken = async () => { seen++; begun(); await new Promise((resolve) => setTimeout(resolve, 20)); };
      const running = tried(() => first.translate("March 3rd, 1999", { onToken }));
      await reached;
      const [second] = await Promise.all([answer("./model/"), first.dispose()]);
      const before = seen;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return [await running, seen - before, second];
    }""")
    assert ended["user"]
    assert ended["error"].startswith("The model was disposed")
    assert seen == 0
    assert second == GOOD


def test_two_models_at_a_time(page, open_site):
    open_site()
    texts = page.evaluate("""async () => {
      const models = await Promise.all([load("./model/", { backend: "cpu" }), load("./broken/", { backend: "cpu" })]);
      const found = models.map((model) => model.translate(["March 3rd, 1999", "1 mai 2001"]));
      const texts = (await Promise.all(found)).map((answers) => answers.map(({ text }) => text));
      await models[0].dispose();
      return [...texts, (await models[1].translate("March 3rd, 1999")).text];
    }""")
    assert texts == [["1999-03-03", "2001-05-01"]] * 2 + ["1999-03-03"]


@pytest.mark.parametrize("end", ["self.close()", "setTimeout(() => { throw new Error('out of the blue') })"])
def test_a_worker_that_dies_ends_its_calls(page, open_site, problems, end):
    open_site()
    page.evaluate("""async () => {
      globalThis.model = await load("./model/", { backend: "cpu" });
      globalThis.reached = new Promise((resolve) => { globalThis.begun = resolve; });
      const onToken = () => { begun(); return new Promise(() => undefined); };
      globalThis.running = tried(() => model.translate("March 3rd, 1999", { onToken }));
      await reached;
    }""")
    page.workers[0].evaluate(end)
    for failed in page.evaluate("async () => [await running, await tried(() => model.translate('x'))]"):
        assert failed["user"]
        assert failed["error"].startswith("The model's worker ended unexpectedly")
        assert "Load the model again" in failed["error"]
    assert page.evaluate("answer('./model/')") == GOOD
    problems.clear()


@pytest.mark.parametrize("worker", [True, False])
def test_reasons_and_errors_keep_their_identity(page, open_site, worker):
    open_site()
    kept = page.evaluate("""async (worker) => {
      const model = await load("./model/", { backend: "cpu", worker });
      const caught = (options) => model.translate("March 3rd, 1999", options).then(() => null, (error) => error);
      const reason = { why: "another text" }, stop = new AbortController(), mistake = new TypeError("in the page");
      const late = caught({ signal: stop.signal, onToken: () => stop.abort(reason) });
      const results = [await late === reason, await caught({ signal: AbortSignal.abort(reason) }) === reason,
        await caught({ onToken: () => { throw mistake; } }) === mistake,
        await caught({ onToken: () => Promise.reject(mistake) }) === mistake];
      results.push((await model.translate("March 3rd, 1999")).text === "1999-03-03");
      const loading = load("./model/", { backend: "cpu", worker, signal: AbortSignal.abort(reason) });
      results.push(await loading.catch((error) => error === reason));
      return results;
    }""", worker)
    assert kept == [True] * 6


def test_what_cannot_be_sent_to_a_worker(page, open_site):
    open_site()
    failed = page.evaluate("""async () => {
      const model = await load("./model/", { backend: "cpu" });
      return tried(() => model.translate([() => "x"]));
    }""")
    assert failed["user"]
    assert "translate was given something that cannot be sent" in failed["error"]


NOTE = """async (change) => {
  const cache = await caches.open("keras-s2s");
  const key = (await cache.keys()).find(({ url }) => url.includes("/notes/"));
  const note = await (await cache.match(key)).json();
  if (change) await cache.put(key, Response.json({ ...note, ...change }));
  return note;
}"""
BACKEND = "async () => { const model = await load('./model/'); await model.dispose(); return model.info.backend; }"


def test_the_backend_is_measured_once_and_remembered(page, open_site):
    open_site()
    measured = page.evaluate(BACKEND)
    note = page.evaluate(NOTE)
    assert measured in ("wasm", "cpu")
    assert (note["backend"], note["candidates"]) == (measured, "wasm,cpu")
    # What the note says is believed ...
    other = {"wasm": "cpu", "cpu": "wasm"}[measured]
    page.evaluate(NOTE, {"backend": other})
    assert page.evaluate(BACKEND) == other
    # ... unless it comes from another browser.
    page.evaluate(NOTE, {"backend": "webgl", "userAgent": "Mosaic"})
    assert page.evaluate(BACKEND) in ("wasm", "cpu")
    assert page.evaluate(NOTE)["userAgent"] == page.evaluate("navigator.userAgent")
