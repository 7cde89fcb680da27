"""How fast the browser answers: our runtime beside TF.js' own executor, in headless Chromium.

    python benchmarks/browser.py                     # or, in apps/browser: npm run benchmark
    python benchmarks/browser.py --backend cpu --rounds 10

Two models: one with random weights (256 units, vocabulary 4,000, 16 tokens in, 30 out) and the shipped `dates`. All run
greedily, one text at a time, systems taking turns in every round in one page; medians over the rounds. TF.js' executor
gets the same graphs, once with the loop in JavaScript and once whole, written as its documentation has it; its ids must
be ours. Results go to `benchmarks/results/browser.json` and `.md`.
"""

import argparse
import contextlib
import datetime
import functools
import http.server
import json
import os
import platform
import statistics
import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
sys.path.insert(0, str(ROOT))

SYSTEMS = {"ours, in a worker": "worker", "ours, in the page": "page", "ours, whole loop in the graph": "graph",
           "ours, beam of 5": "beam", "TF.js, loop in JavaScript": "peerSteps",
           "TF.js, whole loop in the graph": "peerLoop"}
BASELINE = "TF.js, loop in JavaScript"

PREPARE = """async ({ backend, peer }) => {
  const { load } = await import("/keras-s2s.js");
  const { Peer } = await import(peer + "peer.js");
  const options = { backend };
  globalThis.worker = await load("/model/", options);
  globalThis.page = await load("/model/", { ...options, worker: false });
  globalThis.peer = await Peer.load(peer + "graphs/", backend);
  return [worker.info.worker, page.info.backend];
}"""

RUN = """async ({ system, text, ids, steps }) => {
  let first;
  const start = performance.now();
  const heard = () => { first ??= performance.now() - start; };
  const stream = { onToken: heard };
  const runs = {
    worker: async () => (await worker.translate(text, stream)).ids,
    page: async () => (await page.translate(text, stream)).ids,
    graph: async () => (await page.translate(text, { loop: "graph" })).ids,
    beam: async () => (await page.translate(text, { beamSize: 5 })).ids,
    peerSteps: () => peer.stepLoop(ids, steps, heard),
    peerLoop: () => peer.wholeLoop(ids),
  };
  const found = await runs[system]();
  return { ids: found, first: first ?? null, all: performance.now() - start };
}"""


def main():
    """Measures both models, prints and writes the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--backend", choices=["wasm", "cpu"], default="wasm")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--units", type=int, default=256)
    parser.add_argument("--vocabulary", type=int, default=4000)
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder of the results")
    arguments = parser.parse_args()
    from browser_models import build_peer, random_translator

    from keras_s2s.translator import Translator

    with tempfile.TemporaryDirectory() as temporary:
        built = Path(temporary) / "built"
        build_peer(built)
        models = {"random": random_translator(arguments.units, arguments.vocabulary), "dates": Translator.load("dates")}
        found = {name: measured(translator, Path(temporary) / name, built, arguments)
                 for name, translator in models.items()}
    result = {"command": f"python benchmarks/browser.py --backend {arguments.backend} --rounds {arguments.rounds}",
              "date": datetime.date.today().isoformat(), "machine": f"{platform.machine()}, {os.cpu_count()} cores",
              "backend": arguments.backend, "units": arguments.units, "vocabulary": arguments.vocabulary,
              "models": found}
    from keras_s2s.files import write_atomically

    suffix = "" if arguments.backend == "wasm" else f"_{arguments.backend}"
    write_atomically(arguments.results / f"browser{suffix}.json", json.dumps(result, indent=1) + "\n")
    table = report(result)
    write_atomically(arguments.results / f"browser{suffix}.md", table)
    print(table)


def measured(translator, folder, built, arguments):
    """`{"text", "source_tokens", "target_tokens", "browser", "systems": {name: times}}` of one model."""
    from browser_models import write_peer

    from tests.chromium import headless_chromium

    translator.export_tfjs(folder, quantize="float16")
    write_peer(translator, folder / "peer" / "graphs")
    for file in built.iterdir():
        (folder / "peer" / file.name).write_bytes(file.read_bytes())
    text = translator.examples[0]
    answer = translator(text)
    vocabulary = {token: index for index, token in enumerate(translator.source.get_vocabulary())}
    ids = [vocabulary.get(token, 1) for token in answer.source_tokens[:-1]] + [3]
    given = {"text": text, "ids": ids, "steps": len(answer.tokens)}
    with served(folder) as address, headless_chromium() as browser:
        page = browser.new_page()
        page.goto(f"{address}/licences.txt")
        page.evaluate(PREPARE, {"backend": arguments.backend, "peer": "/peer/"})
        times: dict = {name: {"first": [], "all": []} for name in SYSTEMS}
        wanted = None
        for number in range(arguments.rounds + 3):
            for name, system in SYSTEMS.items():
                run = page.evaluate(RUN, {"system": system, **given})
                wanted = wanted or run["ids"]
                if system != "beam" and run["ids"] != wanted:
                    sys.exit(f"{name} answers {run['ids']} in place of {wanted}")
                if number >= 3:  # the first ones compile
                    for what in ("first", "all"):
                        times[name][what] += [run[what]] if run[what] is not None else []
        version = browser.version
    return {"text": text, "source_tokens": len(ids), "target_tokens": len(wanted), "browser": version,
            "systems": {name: {what: spread(list_) for what, list_ in one.items() if list_}
                        for name, one in times.items()}}


def spread(times):
    """Median and quartiles in milliseconds."""
    low, median, high = statistics.quantiles(times, n=4)
    return {"median": round(median, 2), "quartiles": [round(low, 2), round(high, 2)]}


@contextlib.contextmanager
def served(folder):
    """A static web server on a folder while a block lasts; gives its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            """Keeps the output clean."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def report(result):
    """The tables, as Markdown."""
    lines = [f"`{result['command']}`, {result['date']}, {result['machine']}, Chromium "
             f"{result['models']['dates']['browser']}, {result['backend']}, one thread. Milliseconds, medians "
             "(quartiles).", ""]
    for name, model in result["models"].items():
        size = f", {result['units']} units, vocabulary {result['vocabulary']:,}" if name == "random" else ""
        lines += [f"**{name}**{size}: {model['source_tokens']} tokens in, {model['target_tokens']} out", "",
                  "| | first token | all | against TF.js' executor |", "|---|---|---|---|"]
        baseline = model["systems"][BASELINE]["all"]["median"]
        for system, times in model["systems"].items():
            first = times.get("first")
            ratio = "" if system == "ours, beam of 5" else f"{baseline / times['all']['median']:.2f}x"
            lines.append(f"| {system} | {shown(first) if first else ''} | {shown(times['all'])} | {ratio} |")
        lines.append("")
    return "\n".join(lines)


def shown(times):
    """A median with its quartiles."""
    return f"{times['median']:.1f} ({times['quartiles'][0]:.1f} to {times['quartiles'][1]:.1f})"


if __name__ == "__main__":
    main()
