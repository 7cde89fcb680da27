"""Compares how fast keras_s2s trains on a GPU, under each backend of Keras, with a plain PyTorch model, in one run.

    python benchmarks/gpu.py --peers PEERS
    python benchmarks/gpu.py --peers PEERS --sizes large --dtypes bfloat16 --rounds 1
    python benchmarks/gpu.py --peers PEERS --smoke    # tiny and on the processor, to see that it works

PEERS has `torch_reference.py`. Neither data nor TensorFlow are needed: what is not installed has a row that says so.
Systems:

    pytorch                  the reference: cuDNN's GRUs, called from PyTorch
    keras_s2s_tensorflow, keras_s2s_jax, keras_s2s_torch     `Seq2Seq.fit` under that backend

Only a run of everything, on a GPU and with at least three rounds, in which no system failed but TensorFlow, writes
`benchmarks/results/gpu.json` and `.md`; with `--results` any run writes both into that directory.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import gpu_batches
from gpu_measure import PRODUCT_SIZE, measure_case
from gpu_report import markdown, terminal_table
from gpu_systems import SYSTEMS
from side_by_side import FEWEST_ROUNDS, RESULTS, conditions, default_peers, finish
from system_group import SystemGroup

from keras_s2s.errors import UserError

DTYPES = ("float32", "bfloat16")
REQUIRED = {"pytorch", "keras_s2s_jax", "keras_s2s_torch"}
"""Of a run whose results are kept. TensorFlow has no build for every GPU machine."""
SMOKE_PRODUCT_SIZE = 64


def main():
    """Runs the comparison, prints the table, writes the results."""
    arguments = parsed(sys.argv[1:])
    try:
        results = compare(arguments)
    except UserError as error:
        sys.exit(f"gpu.py: {error}")
    finish("gpu", results, terminal_table(results), markdown(results),
           arguments.results or (RESULTS if is_whole(arguments, results) else None))


def parsed(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", type=Path, help="the folder with torch_reference.py; default: KERAS_S2S_PEERS, or "
                        "the folder peers beside KERAS_S2S_DATA; without it the reference is left out")
    parser.add_argument("--rounds", type=int, default=FEWEST_ROUNDS,
                        help=f"how often each system is timed; default: {FEWEST_ROUNDS}")
    for name, known in (("systems", SYSTEMS), ("sizes", gpu_batches.SIZES), ("dtypes", DTYPES)):
        parser.add_argument(f"--{name}", default=",".join(known), help=f"default: {','.join(known)}")
    parser.add_argument("--results", type=Path, help="where the two files go, whatever the run covers")
    parser.add_argument("--smoke", action="store_true", help="tiny and on the processor, to see that it works")
    arguments = parser.parse_args(words)
    for name, known in (("systems", SYSTEMS), ("sizes", gpu_batches.SIZES), ("dtypes", DTYPES)):
        given = tuple(getattr(arguments, name).split(","))
        if unknown := set(given) - set(known):
            parser.error(f"no such {name[:-1]}: {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
        setattr(arguments, name, given)
    if arguments.rounds < 1:
        parser.error("--rounds must be 1 or more.")
    arguments.peers = arguments.peers or default_peers()
    return arguments


def is_whole(arguments: argparse.Namespace, results: dict) -> bool:
    """Whether the run covers what the committed results say."""
    return (not arguments.smoke and arguments.rounds >= FEWEST_ROUNDS and bool(results["devices"])
            and len(results["cases"]) == len(gpu_batches.SIZES) * len(DTYPES) and set(arguments.systems) == set(SYSTEMS)
            and all(case["systems"].keys() >= REQUIRED for case in results["cases"]))


def compare(arguments: argparse.Namespace) -> dict:
    """Prepares the batches and runs all cases. Returns what `gpu.json` holds."""
    results = conditions(recorded_command(arguments), arguments.rounds)
    results["cases"] = []
    group = SystemGroup()
    devices = "" if arguments.smoke else os.environ.get("CUDA_VISIBLE_DEVICES")
    with tempfile.TemporaryDirectory(prefix="gpu-") as temporary:
        folder = Path(temporary)

        def start(name):
            module, function, given = SYSTEMS[name]
            if name == "pytorch" and not Path(arguments.peers or folder, "torch_reference.py").is_file():
                group.leave_out(name, "there is no torch_reference.py: give its folder with --peers DIR")
            else:
                group.start(name, (module, function, {**given, "devices": devices}), folder, arguments.peers or folder)

        try:
            for name, case in prepared(folder, arguments).items():
                for dtype in arguments.dtypes:
                    results["cases"].append(measure_case(
                        {"size": name, "dtype": dtype, **case}, group, start, arguments.systems, arguments.rounds,
                        SMOKE_PRODUCT_SIZE if arguments.smoke else PRODUCT_SIZE))
                    results["versions"] |= group.versions
                    if not group.processes:
                        reasons = "; ".join(map(": ".join, results["cases"][-1]["failures"].items()))
                        raise UserError(f"no system could run ({reasons})", "expected a GPU, and PyTorch or JAX built "
                                        "for it", "try the processor with --smoke")
        finally:
            group.close()
    results["devices"] = sorted({system["device"] for case in results["cases"] for system in case["systems"].values()
                                 if system["device"]})
    return results


def prepared(folder: Path, arguments: argparse.Namespace) -> dict[str, dict]:
    """Writes the batches of each size into a folder of its own: what `gpu_batches.prepare` returns, by size."""
    if arguments.smoke:
        return {name: gpu_batches.prepare(folder / name, sizes, *gpu_batches.SMOKE_BATCHES[name],
                                          gpu_batches.SMOKE_BUCKETS) for name, sizes in gpu_batches.SMOKE_SIZES.items()}
    return {name: gpu_batches.prepare(folder / name, gpu_batches.SIZES[name], *gpu_batches.BATCHES[name])
            for name in arguments.sizes}


def recorded_command(arguments: argparse.Namespace) -> str:
    """The command without the places of this machine, which change no number."""
    given = (("rounds", arguments.rounds, FEWEST_ROUNDS), ("systems", ",".join(arguments.systems), ",".join(SYSTEMS)),
             ("sizes", ",".join(arguments.sizes), ",".join(gpu_batches.SIZES)),
             ("dtypes", ",".join(arguments.dtypes), ",".join(DTYPES)))
    words = ["python benchmarks/gpu.py --peers PEERS", *(f"--{name} {value}" for name, value, default in given
                                                        if value != default)]
    return " ".join(words + (["--smoke"] if arguments.smoke else []))


if __name__ == "__main__":
    main()
