"""What the comparisons with other systems, `decode.py` and `train.py`, have in common."""

import argparse
import datetime
import json
import os
import platform
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from system_process import THREADS

from keras_s2s.files import write_atomically

RESULTS = Path(__file__).resolve().parent / "results"
FEWEST_ROUNDS = 3
"""Of a run whose results are kept."""


def add_arguments(parser: argparse.ArgumentParser):
    """Adds the options that all comparisons have."""
    parser.add_argument("--peers", type=Path, help="the folder with torch_reference.py and joeynmt_rnn.yaml; default: "
                        "KERAS_S2S_PEERS, or the folder peers beside KERAS_S2S_DATA")
    parser.add_argument("--joeynmt", help="the Python of JoeyNMT's environment; without it JoeyNMT is left out")
    parser.add_argument("--rounds", type=int, default=5, help="how often each system is timed; default: 5")
    parser.add_argument("--results", type=Path, help="where the two files go, whatever the run covers")
    parser.add_argument("--smoke", action="store_true", help="tiny, to see that it works")


def find_peers(parser: argparse.ArgumentParser, arguments: argparse.Namespace):
    """Completes `--peers`; ends the program where the folder is not there."""
    arguments.peers = arguments.peers or default_peers()
    if arguments.peers is None or not (arguments.peers / "torch_reference.py").is_file():
        parser.error(f"there is no torch_reference.py in {arguments.peers}: give its folder with --peers DIR.")


def default_peers() -> Path | None:
    """The folder of the peers that the environment names, or None."""
    if given := os.environ.get("KERAS_S2S_PEERS"):
        return Path(given)
    data = os.environ.get("KERAS_S2S_DATA")
    return Path(data).parent / "peers" if data else None


def conditions(command: str, rounds: int) -> dict:
    """Under what a run is made: how the results begin."""
    return {"command": command, "date": datetime.date.today().isoformat(), "processor": processor(),
            "load_average_before": round(os.getloadavg()[0], 2), "threads": THREADS, "rounds": rounds,
            "versions": {"python": platform.python_version()}}


def processor() -> str:
    """The processor's name and the number of cores."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor() or platform.machine()}, {os.cpu_count()} cores"


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, least and greatest."""
    found = {"median": statistics.median(values), "least": min(values), "greatest": max(values)}
    return {name: round(value, 3) for name, value in found.items()}


def shown_spread(found: dict[str, float]) -> str:
    """What `spread` found, as `1.50 [1.25, 1.75]`."""
    return "{median:.2f} [{least:.2f}, {greatest:.2f}]".format(**found)


def machine_line(results: dict) -> str:
    """The sentences about machine and versions on a page of results."""
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    return (f"{results['processor']}; {results['threads']} threads for each system; medians of {results['rounds']} "
            f"rounds, in each of which every system has its turn, in a process of its own. Versions: {versions}.")


def finish(name: str, results: dict, table: Table, page: str, directory: Path | None):
    """Prints the table; writes `NAME.json` and `NAME.md` into the directory, if there is one."""
    Console(width=None if sys.stdout.isatty() else 150).print(table)
    if directory is None:
        print("Nothing is written: this run leaves something out.", file=sys.stderr)
        return
    write_atomically(directory / f"{name}.json", json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    write_atomically(directory / f"{name}.md", page)
