"""The runtime against Python: the same ids, the same attention, in both loops, on every backend."""

import numpy as np
import pytest

pytestmark = pytest.mark.browser

TEXTS = ["", "x", "   ", "Ärger am 3. März 1999", "日本 2001年5月6日 ☃🙂", "  March\t3rd,\u00a0 1999 ",
         "1/2/1999", "le 14 juillet 1989", "e\u0301te\u0301 1950", "9" * 300]

START = """async ([backend, worker]) => {
  const runtime = await import("./keras-s2s.js");
  globalThis.runtime = runtime;
  globalThis.model = await runtime.load("./model/", { backend, worker });
  return globalThis.model.info;
}"""


@pytest.fixture
def open_runtime(page, serve, bundle):
    """`open_runtime(backend="auto", policy=None, worker=True)` -> a page that holds the loaded `model` and no more."""

    def open_with(backend: str = "auto", policy: str | None = None, worker: bool = True):
        page.goto(serve(bundle, policy) + "licences.txt")
        info = page.evaluate(START, [backend, worker])
        assert info["worker"] == worker
        return page, info

    return open_with


@pytest.fixture(scope="session")
def expected(translator):
    return [translator(text) for text in TEXTS]


def assert_same(answers: list[dict], expected: list) -> None:
    assert len(answers) == len(expected)
    for answer, python in zip(answers, expected, strict=True):
        assert answer["text"] == python.text
        assert answer["tokens"] == list(python.tokens)
        assert answer["sourceTokens"] == list(python.source_tokens)
        assert answer["logProb"] == pytest.approx(python.log_prob, abs=1e-3)
        assert answer["score"] == pytest.approx(python.score, abs=1e-4)
        np.testing.assert_allclose(answer["tokenLogProbs"], python.token_log_probs, atol=1e-4)
        shape = (len(python.tokens), len(python.source_tokens))
        attention = np.reshape(answer["attention"], shape)
        np.testing.assert_allclose(attention, np.reshape(python.attention, shape), atol=1e-4)


ALONE = """async ([texts, loop]) => {
  const found = [];
  for (const text of texts) found.push(await model.translate(text, { loop }));
  return found;
}"""


@pytest.mark.parametrize("loop", ["step", "graph"])
@pytest.mark.parametrize("backend", ["wasm", "cpu"])
def test_it_answers_like_python_alone_and_in_a_batch(open_runtime, expected, backend, loop):
    page, info = open_runtime(backend)
    assert info["backend"] == backend
    assert_same(page.evaluate("([texts, loop]) => model.translate(texts, { loop })", [TEXTS, loop]), expected)
    assert_same(page.evaluate(ALONE, [TEXTS, loop]), expected)


@pytest.mark.parametrize("loop", ["step", "graph"])
def test_webgl_answers_like_python(open_runtime, expected, loop):
    page, info = open_runtime("webgl")
    assert info["backend"] == "webgl"
    # A few short ones: here the graphics processor is emulated, and slow.
    chosen = [i for i, text in enumerate(TEXTS) if len(text) < 12]
    answers = page.evaluate("([texts, loop]) => model.translate(texts, { loop })",
                            [[TEXTS[i] for i in chosen], loop])
    assert_same(answers, [expected[i] for i in chosen])


def test_a_list_longer_than_a_batch_keeps_its_order(open_runtime, expected):
    page, _ = open_runtime()
    answers = page.evaluate("(texts) => model.translate(texts)", TEXTS * 8)
    assert_same(answers, expected * 8)
    assert page.evaluate("model.translate([])") == []


@pytest.mark.parametrize("worker", [True, False])
@pytest.mark.parametrize("loop", ["step", "graph"])
def test_no_tensor_is_left_behind(open_runtime, loop, worker):
    page, _ = open_runtime(worker=worker)
    counts = page.evaluate("""async ([texts, loop]) => {
      const count = async () => (await model.memory()).numTensors;
      await model.translate("warm", { loop });
      const counts = [await count()];
      for (let i = 0; i < 3; i++) { await model.translate(texts, { loop }); counts.push(await count()); }
      const stop = new AbortController();
      const stopped = { loop, signal: stop.signal, onToken: () => stop.abort() };
      await model.translate(texts, stopped).catch(() => null);
      counts.push(await count());
      await model.dispose();
      return [...counts, await count()];
    }""", [TEXTS, loop])
    assert counts[0] > 0
    assert counts[:-1] == [counts[0]] * 5
    assert counts[-1] == 0


@pytest.mark.parametrize("loop", ["step", "graph"])
def test_every_token_is_told(open_runtime, translator, loop):
    page, _ = open_runtime()
    text = "March 3rd, 1999"
    events = page.evaluate("""async ([text, loop]) => {
      const events = [];
      await model.translate(["", text], { loop, onToken: (event) => void events.push(event) });
      return events;
    }""", [text, loop])
    python = translator(text)
    assert [event["token"] for event in events] == list(python.tokens)
    assert [event["position"] for event in events] == list(range(len(python.tokens)))
    assert {event["index"] for event in events} == {1}
    assert events[-1]["text"] == python.text
    np.testing.assert_allclose([event["attention"] for event in events], python.attention, atol=1e-4)


def test_a_signal_stops_between_two_tokens(open_runtime):
    page, _ = open_runtime()
    seen, name = page.evaluate("""async () => {
      const stop = new AbortController();
      let seen = 0;
      const onToken = () => { seen++; if (seen === 2) stop.abort(); };
      const options = { signal: stop.signal, onToken };
      const error = await model.translate("March 3rd, 1999", options).catch((error) => error);
      return [seen, error.name];
    }""")
    assert (seen, name) == (2, "AbortError")


def test_translations_asked_for_at_once_do_not_mix(open_runtime, expected):
    page, _ = open_runtime()
    answers = page.evaluate("""(texts) => Promise.all(texts.map((text, i) =>
      model.translate(text, { loop: i % 2 ? "step" : "graph" })))""", TEXTS)
    assert_same(answers, expected)


def test_progress_reaches_the_whole(open_runtime):
    page, _ = open_runtime()
    first, last = page.evaluate("""async () => {
      const told = [];
      await runtime.load("./model/", { onProgress: (progress) => told.push(progress) });
      return [told[0], told.at(-1)];
    }""")
    assert 0 < first["loaded"] <= first["total"]
    assert last["loaded"] == last["total"]


@pytest.mark.parametrize("value", ["42", "null", "[1]", "{}"])
def test_what_is_no_text_is_refused(open_runtime, value):
    page, _ = open_runtime()
    message = page.evaluate(f"model.translate({value}).catch((error) => error.message)")
    assert "takes a string or a list of strings" in message


@pytest.mark.parametrize("worker", [True, False])
def test_dispose_ends_the_runs_under_way_and_refuses_later_ones(open_runtime, worker):
    page, _ = open_runtime(worker=worker)
    messages, count = page.evaluate("""async () => {
      const failed = (call) => call.then(() => "an answer", (error) => error.message);
      const running = [failed(model.translate("March 3rd, 1999", { onToken: () => undefined })),
                       failed(model.translate("March 3rd, 1999"))];
      await new Promise((resolve) => setTimeout(resolve, 5));
      await model.dispose();
      const after = failed(model.translate("x"));
      return [await Promise.all([...running, after]), (await model.memory()).numTensors];
    }""")
    assert [message.split(".")[0] for message in messages] == ["The model was disposed"] * 3
    assert count == 0


STRICT = "default-src 'none'; script-src 'self' {wasm}; connect-src 'self'; style-src 'self'; img-src data:"


def test_it_works_under_a_strict_policy(open_runtime, expected):
    page, info = open_runtime("wasm", policy=STRICT.format(wasm="'wasm-unsafe-eval'"))
    assert info["backend"] == "wasm"
    assert_same(page.evaluate("(texts) => model.translate(texts)", TEXTS), expected)


def test_it_falls_back_to_cpu_where_the_policy_forbids_wasm(open_runtime, problems, expected):
    page, info = open_runtime(policy=STRICT.format(wasm=""))
    assert info["backend"] == "cpu"
    assert_same(page.evaluate("(texts) => model.translate(texts)", TEXTS), expected)
    assert all("WebAssembly" in problem or "wasm" in problem for problem in problems)
    problems.clear()


def test_it_falls_back_to_cpu_where_the_wasm_files_are_absent(page, serve, damaged_copy, problems, expected):
    for path in damaged_copy.glob("*.wasm"):
        path.unlink()
    page.goto(serve(damaged_copy) + "licences.txt")
    assert page.evaluate(START, ["auto", True])["backend"] == "cpu"
    assert_same(page.evaluate("(texts) => model.translate(texts)", TEXTS), expected)
    problems.clear()


def test_a_backend_that_cannot_start_is_named(open_runtime, problems):
    page, _ = open_runtime(policy=STRICT.format(wasm=""))
    message = page.evaluate("runtime.load('./model/', { backend: 'wasm' }).catch((error) => error.message)")
    assert message.startswith("The backend wasm does not start in this browser.")
    problems.clear()


MANY = """async (translations) => {
  const run = async (i) => {
    const text = `${1 + i % 28} mai ${1900 + i % 150}`, stop = new AbortController();
    const onToken = ({ position }) => {
      if (position < 2) return;
      if (i % 4 === 1) stop.abort();
      if (i % 4 === 2) throw new Error("in the page");
    };
    const options = { loop: i % 5 ? "step" : "graph", ...(i % 4 && { onToken, signal: stop.signal }) };
    return model.translate(i % 4 === 3 ? [text, ""] : text, options).then(() => "done", () => "failed");
  };
  for (let i = 0; i < 20; i++) await run(i);
  const before = await model.memory();
  const ends = { done: 0, failed: 0 };
  for (let i = 0; i < translations; i++) ends[await run(i)]++;
  return [before, await model.memory(), ends];
}"""


@pytest.mark.parametrize(("worker", "translations"), [
    (True, 60), (False, 60),
    pytest.param(True, 1000, marks=pytest.mark.slow), pytest.param(False, 1000, marks=pytest.mark.slow),
])
def test_nothing_grows(open_runtime, worker, translations):
    page, _ = open_runtime("cpu", worker=worker)
    heap = HeapSize(page)
    page.evaluate(MANY, translations // 4)
    size = heap.bytes()
    before, after, ends = page.evaluate(MANY, translations)
    assert before["numTensors"] > 0
    assert after == before
    assert ends["failed"] + ends["done"] == translations
    assert min(ends.values()) > translations // 3
    # The page's own heap, after collecting. Compiled code and its statistics grow for a while, whatever runs.
    assert heap.bytes() - size < 1_000_000 + 500 * translations


class HeapSize:
    """The size of the page's JavaScript heap after garbage was collected."""

    def __init__(self, page) -> None:
        self.session = page.context.new_cdp_session(page)

    def bytes(self) -> int:
        self.session.send("HeapProfiler.collectGarbage")
        return self.session.send("Runtime.getHeapUsage")["usedSize"]
