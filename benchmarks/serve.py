"""How fast `keras-s2s serve` answers many clients, beside translation in one process, and that nothing is lost.

    python benchmarks/serve.py                               # the shipped model dates
    python benchmarks/serve.py --model runs/ours-de-en-1     # the model of `multi30k.py` and its test set

Three processes on one machine: this one, which translates by itself in its turn and is silent otherwise; the server;
and the clients, over loopback. In each of the rounds: the Translator and the SavedModel in this process, 64 sentences
at a time and one at a time; one client, over REST and gRPC; 64 clients for 60 seconds, over REST and gRPC. Every answer
of the server is compared with the one that its sentence gets alone. At the end 64 clients ask while a new version of
the model takes over and while the server is told to stop.

Only a run of three rounds or more with the usual clients and seconds writes `benchmarks/results/serve_NAME.json` and
`.md`; with `--results DIRECTORY` any run writes both there.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from serve_report import markdown, terminal_table
from serve_server import Server, result
from side_by_side import FEWEST_ROUNDS, RESULTS, conditions, finish

CLIENTS, SECONDS, BATCH = 64, 60.0, 64
PROTOCOLS = ("rest", "grpc")
SWAP_SECONDS, STOP_SECONDS = 60.0, 5.0


def main():
    """Runs it all, prints the table, writes the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="dates", help="a shipped model, or a model directory with its data in it")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of the many clients; the others have a sixth")
    parser.add_argument("--option", action="append", default=[], metavar="WORD", help="passed on to `keras-s2s serve`")
    parser.add_argument("--results", type=Path, help="where the two files go, whatever the run covers")
    arguments = parser.parse_args()
    usual = (arguments.clients, arguments.seconds, arguments.option) == (CLIENTS, SECONDS, [])
    results = measured(arguments)
    whole = usual and arguments.rounds >= FEWEST_ROUNDS
    finish(f"serve_{results['model']}", results, terminal_table(results), markdown(results),
           arguments.results or (RESULTS if whole else None))


def measured(arguments) -> dict:
    """All that `serve_NAME.json` holds."""
    from keras_s2s.noise import start_tensorflow

    start_tensorflow()
    from keras_s2s.model_path import find_model
    from keras_s2s.translator import Translator

    folder, _ = find_model(arguments.model)
    texts = sentences(folder)
    translator = Translator.load(folder)
    name = translator.name
    command = "python benchmarks/serve.py" + ("" if arguments.model == "dates" else " --model DIR")
    results = {**conditions(command, arguments.rounds), "model": name, "sentences": len(texts),
               "clients": arguments.clients, "seconds": arguments.seconds, "rows": {}}
    with tempfile.TemporaryDirectory(prefix="serve-") as temporary:
        base = exported(arguments.model, Path(temporary))
        translators = {"Translator": translator, "SavedModel": default_signature(base / "1")}
        expected = [translators["SavedModel"]([text])[0] for text in texts]
        server = Server(base, Path(temporary, "server.log"), arguments.option)
        try:
            for _ in range(arguments.rounds):
                for row, found in one_round(translators, server, texts, expected, arguments):
                    results["rows"].setdefault(row, []).append(found)
            results["swap"] = swapped_and_stopped(server, texts, expected, arguments)
        finally:
            server.stop()
    return results


def sentences(folder: Path) -> list[str]:
    """The sources of the model's test set."""
    from keras_s2s.data.dates import generate_dates
    from keras_s2s.data.split import read_split

    if (folder / "data" / "test.tsv").is_file():
        return list(dict.fromkeys(text for text, _ in read_split(folder / "data").test if text))[:1000]
    return list(dict.fromkeys(example.source for example in generate_dates(1000, "test")))


def exported(model: str, folder: Path) -> Path:
    """Exports the model as the command line does; the folder with its version 1."""
    subprocess.run([sys.executable, "-m", "keras_s2s", "export", model, "--saved-model", str(folder)], check=True,
                   stdout=subprocess.DEVNULL)
    return next(path.parent for path in folder.glob("*/1"))


def one_round(translators, server, texts, expected, arguments):
    """Everything once, in turn; yields the name of a row and what was found."""
    short = arguments.seconds / 6
    batches = [texts[start:start + BATCH] for start in range(0, len(texts), BATCH)]
    # The Translator gets all texts, and makes batches of them itself: of like length, two at a time.
    yield f"Translator, batches of {BATCH}", in_process(translators["Translator"], [texts], short)
    yield f"SavedModel, batches of {BATCH}", in_process(translators["SavedModel"], batches, short)
    for name, translator in translators.items():
        yield f"{name}, one at a time", in_process(translator, [[text] for text in texts], short)
    for protocol in PROTOCOLS:
        yield f"{protocol}, 1 client", summary(server.ask(protocol, texts, expected, 1, short))
    for protocol in PROTOCOLS:
        found = server.ask(protocol, texts, expected, arguments.clients, arguments.seconds)
        yield f"{protocol}, {arguments.clients} clients", summary(found)


def default_signature(path: Path):
    """The SavedModel's `serving_default` as a function of texts, called as TensorFlow has it."""
    import tensorflow as tf
    import tensorflow_text  # noqa: F401

    model = tf.saved_model.load(str(path))

    def translate(texts):
        found = model.signatures["serving_default"](text=tf.constant([text.encode() for text in texts]))
        return [text.decode() for text in found["translation"].numpy()]

    return translate


def in_process(translate, batches, seconds) -> dict:
    """Translates the batches over and over for so many seconds."""
    for batch in batches[:20]:
        translate(batch)  # builds the graph
    done, times, begin = 0, [], time.perf_counter()
    while time.perf_counter() - begin < seconds:
        batch = batches[len(times) % len(batches)]
        started = time.perf_counter()
        translate(batch)
        times.append(time.perf_counter() - started)
        done += len(batch)
    found = {"sentences_per_second": done / sum(times)}
    return found | (milliseconds([1000 * one for one in times]) if len(batches[0]) == 1 else {})


def summary(found: dict) -> dict:
    """What of the clients' result is kept."""
    if not found["milliseconds"]:
        raise RuntimeError(f"no answer at all: {found}")
    kept = {name: found[name] for name in ("answered", "wrong", "refused", "lost", "examples")}
    return {**kept, "sentences_per_second": found["answered"] / found["seconds"], **milliseconds(found["milliseconds"])}


def milliseconds(times: list[float]) -> dict:
    """Median and 99th percentile."""
    return {"median_ms": statistics.median(times), "p99_ms": statistics.quantiles(times, n=100)[98]}


def swapped_and_stopped(server, texts, expected, arguments) -> dict:
    """What many clients see while version 2 takes over and while the server is stopped in the middle of their work."""
    found = {}
    half = arguments.clients // 2
    clients = [server.begin(protocol, texts, expected, half, SWAP_SECONDS) for protocol in PROTOCOLS]
    time.sleep(STOP_SECONDS)
    server.add_version(2)
    found["swap"] = {protocol: summary(result(one)) for protocol, one in zip(PROTOCOLS, clients, strict=True)}
    found["versions"] = server.versions()
    clients = [server.begin(protocol, texts, expected, half, 3 * STOP_SECONDS) for protocol in PROTOCOLS]
    time.sleep(STOP_SECONDS)
    found["exit_status"] = server.stop()
    found["stop"] = {protocol: summary(result(one)) for protocol, one in zip(PROTOCOLS, clients, strict=True)}
    return found


if __name__ == "__main__":
    main()
