"""Compares how fast keras_s2s decodes with a plain PyTorch model and with JoeyNMT, of the same weights, in one run.

    python benchmarks/decode.py --model runs/ours-de-en-1 --peers PEERS --joeynmt JOEYNMT/bin/python
    python benchmarks/decode.py --peers PEERS --parts fixed        # random weights alone, no model needed
    python benchmarks/decode.py --peers PEERS --parts fixed --smoke    # tiny, to see that it works

PEERS has `torch_reference.py` and `joeynmt_rnn.yaml`. PyTorch must be installed beside keras_s2s (the extra
`benchmark`); JoeyNMT has an environment of its own, whose Python is given with `--joeynmt`. Parts:

    fixed    random weights that never end a sentence: 14 tokens in, 20 steps, in every system
    trained  the test set of a trained model, ids in, ids out; and its SavedModel against Python, text in, text out
    file     the first 10,000 sentences of its training set, text in, text out, beam 5

Only a run of all parts with all systems, at least three rounds and 10,000 sentences writes
`benchmarks/results/decode.json` and `.md`; with `--results` any run writes both into that directory.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from decode_job import DecodeJob
from decode_measure import SYSTEMS, cases, measure
from decode_prepare import FIXED_SIZES, FIXED_STEPS, FIXED_TOKENS, SMOKE_SIZES, prepare_fixed, prepare_trained
from decode_report import markdown, terminal_table
from side_by_side import FEWEST_ROUNDS, RESULTS, add_arguments, conditions, find_peers, finish
from system_process import SystemProcess

from keras_s2s.errors import UserError

PARTS = ("fixed", "trained", "file")
SENTENCES = 10_000
SMOKE_SENTENCES = 8


def main():
    """Runs the comparison, prints the table, writes the results."""
    arguments = parsed(sys.argv[1:])
    try:
        results = compare(arguments)
    except UserError as error:
        sys.exit(f"decode.py: {error}")
    finish("decode", results, terminal_table(results), markdown(results),
           arguments.results or (RESULTS if is_whole(arguments) else None))


def parsed(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, help="a model directory of words, with its data"
                        " in it, as `keras-s2s train multi30k` leaves it")
    add_arguments(parser)
    parser.add_argument("--sentences", type=int, default=SENTENCES, help=f"of the part file; default: {SENTENCES}")
    parser.add_argument("--parts", default=",".join(PARTS), help=f"default: {','.join(PARTS)}")
    arguments = parser.parse_args(words)
    arguments.parts = tuple(arguments.parts.split(","))
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}. Parts: {', '.join(PARTS)}.")
    if arguments.rounds < 1 or arguments.sentences < 1:
        parser.error("--rounds and --sentences must be 1 or more.")
    if arguments.model is None and set(arguments.parts) != {"fixed"}:
        parser.error("the parts trained and file need a trained model: give --model DIR, or only --parts fixed.")
    find_peers(parser, arguments)
    return arguments


def is_whole(arguments: argparse.Namespace) -> bool:
    """Whether the run covers what the committed results say."""
    return (set(arguments.parts) == set(PARTS) and arguments.joeynmt is not None and not arguments.smoke
            and arguments.rounds >= FEWEST_ROUNDS and arguments.sentences == SENTENCES)


def compare(arguments: argparse.Namespace) -> dict:
    """Runs all parts. Returns what `decode.json` holds."""
    results = {**conditions(recorded_command(arguments), arguments.rounds), "cases": []}
    with tempfile.TemporaryDirectory(prefix="decode-") as temporary:
        folder = Path(temporary, "fixed")
        if "fixed" in arguments.parts:
            results |= {"fixed_sizes": SMOKE_SIZES if arguments.smoke else FIXED_SIZES, "fixed_tokens": FIXED_TOKENS,
                        "fixed_steps": FIXED_STEPS}
            prepare_fixed(folder, arguments.peers, results["fixed_sizes"])
            run_part("fixed", folder, arguments, results)
        folder = Path(temporary, "trained")
        if {"trained", "file"} & set(arguments.parts):
            results["model"] = prepare_trained(folder, arguments.peers, arguments.model, arguments.sentences,
                                               SMOKE_SENTENCES if arguments.smoke else None)
        for part in ("trained", "file"):
            if part in arguments.parts:
                run_part(part, folder, arguments, results)
    return results


def run_part(part: str, folder: Path, arguments: argparse.Namespace, results: dict):
    """Starts the systems of a part, times its cases and adds them to the results."""
    job, _ = DecodeJob.load(folder)
    chosen = cases(part, len(job.sources), arguments.sentences, SMOKE_SENTENCES if arguments.smoke else None)
    names = dict.fromkeys(name for case in chosen for name in case.systems)
    pythons = {"joeynmt": arguments.joeynmt}
    processes = {}
    try:
        for name in names:
            if name != "joeynmt" or arguments.joeynmt:
                processes[name] = SystemProcess(name, SYSTEMS[name], folder, arguments.peers, pythons.get(name))
                results["versions"] |= processes[name].versions
        for case in chosen:
            print(f"{case.part}: {case.search}, batch {case.batch}, {case.sentences:,} sentences", file=sys.stderr)
            results["cases"].append(measure(case, processes, arguments.rounds, job.target_words, job.references))
    finally:
        for process in processes.values():
            process.close()


def recorded_command(arguments: argparse.Namespace) -> str:
    """The command without the places of this machine, which change no number."""
    words = ["python benchmarks/decode.py --peers PEERS", *(["--model DIR"] if arguments.model else []),
             *(["--joeynmt PYTHON"] if arguments.joeynmt else [])]
    given = (("rounds", arguments.rounds, 5), ("sentences", arguments.sentences, SENTENCES),
             ("parts", ",".join(arguments.parts), ",".join(PARTS)))
    words += [f"--{name} {value}" for name, value, default in given if value != default]
    return " ".join(words + (["--smoke"] if arguments.smoke else []))


if __name__ == "__main__":
    main()
