"""How long the browser works on one frame of `<seq2seq-mechanics>`, in each of its views.

    python benchmarks/mechanics_frames.py                # 40 x 40 tokens
    python benchmarks/mechanics_frames.py --tokens 100

Steps through a made-up run of so many source and target tokens with the arrow key, view by view, in a headless
Chromium. Chromium's own counters say how long a step took, the median: script, style and layout together; painting
is another process's work. The goal is 8 ms of the 16.7 that a frame has.
"""

import argparse
import functools
import http.server
import json
import sys
import tempfile
import threading
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
VIEWS = ("run&zoom=1", "run&zoom=2", "run&zoom=3", "states", "cell", "attention", "step", "alignment", "choices")
COUNTERS = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
STEP = """(count) => new Promise((done) => {
  const frame = document.querySelector("seq2seq-mechanics").shadowRoot.querySelector(".mechanics");
  const step = (left) => {
    if (left === 0) return done();
    frame.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    requestAnimationFrame(() => requestAnimationFrame(() => step(left - 1)));
  };
  step(count);
})"""


def made_up(tokens: int, units: int = 128) -> dict:
    """A trace of so many source and target tokens with numbers drawn at random."""
    chance = np.random.default_rng(0)

    def vector(size=units):
        return chance.uniform(-1, 1, size).round(5).tolist()

    def state():
        return [{"hidden": vector(), "cell": None}]

    words = [f"w{place}" for place in range(tokens)]
    steps = [{
        "input_token": word, "input_embedding": vector(), "previous_state": state(), "query": vector(),
        "scores": vector(tokens), "weights": chance.dirichlet(np.full(tokens, 0.2)).tolist(), "context": vector(),
        "coverage": None, "state": state(), "attention_vector": vector(), "token": word, "overridden": None,
        "gates": [{name: chance.uniform(0, 1, units).tolist() for name in ("update", "reset", "candidate")}],
        "top_k": [{"token": token, "probability": 0.2} for token in words[:5]]} for word in words]
    return {
        "schema_version": 1, "model": "made up", "kind": "text", "target_tokens": words, "attend_order": "after",
        "source": {"text": " ".join(words), "tokens": words, "frames": None, "grid": None, "picture": None},
        "context_use": None, "readout": "attention_vector", "cell": "gru", "score_formula": "bahdanau",
        "source_embeddings": [vector() for _ in words], "initial_state": state(), "steps": steps,
        "encoder_states": {"forward": [[vector() for _ in words]], "backward": [[vector() for _ in words]],
                           "values": [vector() for _ in words]},
        "beam": [{"step": step, "slot": slot, "parent": slot if step else None, "token": word, "score": -0.1 * slot,
                  "finished": False} for step, word in enumerate(words) for slot in range(5)]}


def measured(tokens: int, steps: int) -> dict[str, dict[str, float]]:
    """Milliseconds a step for each view and counter."""
    sys.path.insert(0, str(ROOT))
    from tests.chromium import headless_chromium

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Keeps the output clean."""

    with tempfile.TemporaryDirectory() as folder, headless_chromium() as browser:
        (Path(folder) / "trace.json").write_text(json.dumps(made_up(tokens)))
        module = (ROOT / "keras_s2s" / "assets" / "mechanics" / "mechanics.js").read_bytes()
        (Path(folder) / "mechanics.js").write_bytes(module)
        (Path(folder) / "index.html").write_text(
            '<!doctype html><script type="module" src="mechanics.js"></script>'
            '<seq2seq-mechanics src="trace.json"></seq2seq-mechanics>')
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        client = page.context.new_cdp_session(page)
        client.send("Performance.enable")
        found = {}
        for view in VIEWS:
            page.goto(f"http://127.0.0.1:{server.server_port}/#view={view}&step=1")
            page.reload()
            page.wait_for_selector(".pane")
            page.evaluate(STEP, 3)
            times = [counters(client)]
            for _ in range(steps):
                page.evaluate(STEP, 1)
                times.append(counters(client))
            found[view] = {name: 1000 * float(np.median(np.diff([time[name] for time in times]))) for name in COUNTERS}
        server.shutdown()
    return found


def counters(client) -> dict[str, float]:
    """Chromium's counters, in seconds since the page began."""
    return {metric["name"]: metric["value"] for metric in client.send("Performance.getMetrics")["metrics"]}


def main():
    """Prints a line for each view."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tokens", type=int, default=40, help="source tokens, and as many target tokens")
    parser.add_argument("--steps", type=int, default=30, help="steps in each view")
    arguments = parser.parse_args()
    print(f"{'view':<12}{'script':>9}{'style':>9}{'layout':>9}{'together':>10}   ms a step")
    for view, times in measured(arguments.tokens, arguments.steps).items():
        print(f"{view:<12}" + "".join(f"{times[name]:>9.2f}" for name in COUNTERS) + f"{sum(times.values()):>10.2f}")


if __name__ == "__main__":
    main()
