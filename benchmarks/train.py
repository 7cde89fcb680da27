"""Compares how fast keras_s2s trains with a plain PyTorch model and with JoeyNMT, on the same batches, in one run.

    python benchmarks/train.py --peers PEERS --joeynmt JOEYNMT/bin/python
    python benchmarks/train.py --peers PEERS --systems keras_s2s,pytorch --rounds 3    # before and after a change
    python benchmarks/train.py --peers PEERS --systems keras_s2s --rounds 1 --profile  # where a step spends its time
    python benchmarks/train.py --peers PEERS --systems keras_s2s,pytorch --smoke       # tiny, to see that it works

PEERS has `torch_reference.py` and `joeynmt_rnn.yaml`. PyTorch must be installed beside keras_s2s (the extra
`benchmark`); JoeyNMT has an environment of its own, whose Python is given with `--joeynmt`. Systems:

    keras_s2s, pytorch, joeynmt           float32: the comparison
    keras_s2s_xla                         `jit_compile=True`; its shapes are compiled beforehand, which takes minutes
    keras_s2s_bfloat16, pytorch_bfloat16  Keras' policy `mixed_bfloat16`, PyTorch's autocast

A system that fails is told in its row. Only a run of all systems and at least three rounds, in which the comparison
itself did not fail, writes `benchmarks/results/train.json` and `.md`; with `--results` any run writes both into that
directory.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Group
from side_by_side import FEWEST_ROUNDS, RESULTS, add_arguments, conditions, find_peers, finish
from system_group import SystemGroup
from train_measure import MAIN, PRODUCT_SIZE, SYSTEMS, measure
from train_prepare import prepare, prepare_smoke
from train_report import markdown, terminal_tables

from keras_s2s.errors import UserError

PROFILED = ("keras_s2s", "keras_s2s_bfloat16")
PROFILED_STEPS = 20
SMOKE_PRODUCT_SIZE = 128


def main():
    """Runs the comparison, prints the table, writes the results."""
    arguments = parsed(sys.argv[1:])
    try:
        results = compare(arguments)
    except UserError as error:
        sys.exit(f"train.py: {error}")
    finish("train", results, Group(*terminal_tables(results)), markdown(results),
           arguments.results or (RESULTS if is_whole(arguments, results) else None))


def parsed(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="the folder with the data sets, Multi30k among them; default: KERAS_S2S_DATA")
    add_arguments(parser)
    parser.add_argument("--systems", default=",".join(SYSTEMS), help=f"default: {','.join(SYSTEMS)}")
    parser.add_argument("--profile", action="store_true", help="also where a step of keras_s2s spends its time")
    arguments = parser.parse_args(words)
    arguments.systems = tuple(arguments.systems.split(","))
    if unknown := set(arguments.systems) - set(SYSTEMS):
        parser.error(f"no such system: {', '.join(sorted(unknown))}. Systems: {', '.join(SYSTEMS)}.")
    if arguments.rounds < 1:
        parser.error("--rounds must be 1 or more.")
    find_peers(parser, arguments)
    return arguments


def is_whole(arguments: argparse.Namespace, results: dict) -> bool:
    """Whether the run covers what the committed results say."""
    return (set(arguments.systems) == set(SYSTEMS) and arguments.joeynmt is not None and not arguments.smoke
            and arguments.rounds >= FEWEST_ROUNDS and results["failures"].keys().isdisjoint(MAIN))


def compare(arguments: argparse.Namespace) -> dict:
    """Prepares the batches and runs all systems. Returns what `train.json` holds."""
    results = conditions(recorded_command(arguments), arguments.rounds)
    group = SystemGroup()
    with tempfile.TemporaryDirectory(prefix="train-") as temporary:
        folder = Path(temporary)
        try:
            if arguments.smoke:
                results |= {"data": "Random words", **prepare_smoke(folder, arguments.peers)}
            else:
                results |= {"data": "Multi30k, German to English",
                            **prepare(folder, arguments.peers, arguments.data)}
            for name in SYSTEMS:
                if name in arguments.systems and (name != "joeynmt" or arguments.joeynmt):
                    group.start(name, SYSTEMS[name], folder, arguments.peers,
                                arguments.joeynmt if name == "joeynmt" else None)
            results |= measure(group, arguments.rounds, results["warm_up"], results["work"], results["sizes"],
                               SMOKE_PRODUCT_SIZE if arguments.smoke else PRODUCT_SIZE)
            results["versions"] |= group.versions
            if arguments.profile:
                found = {name: group.ask(name, call="profile", steps=PROFILED_STEPS) for name in PROFILED}
                results["profiles"] = {name: profile for name, profile in found.items() if profile}
        finally:
            group.close()
    return results


def recorded_command(arguments: argparse.Namespace) -> str:
    """The command without the places of this machine, which change no number."""
    words = ["python benchmarks/train.py --peers PEERS", *(["--joeynmt PYTHON"] if arguments.joeynmt else [])]
    given = (("rounds", arguments.rounds, 5), ("systems", ",".join(arguments.systems), ",".join(SYSTEMS)))
    words += [f"--{name} {value}" for name, value, default in given if value != default]
    words += [f"--{name}" for name in ("profile", "smoke") if getattr(arguments, name)]
    return " ".join(words)


if __name__ == "__main__":
    main()
