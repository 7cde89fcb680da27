"""Whole runs: in order, nothing lost, nothing there twice, even where a run is killed."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.bulk.poisoned import Poisoned
from tests.bulk.results import ROOT, SCRIPT, failures, lines_of, shards


def killed(arguments, folder, after):
    """Starts the script, kills it when so many shards are there, and returns how many were there in the end."""
    process = subprocess.Popen([sys.executable, SCRIPT, *arguments], stderr=subprocess.PIPE,
                               env={**os.environ, "PYTHONPATH": str(ROOT)})
    while len(list(folder.glob("out-*"))) < after and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    _, error = process.communicate()
    assert process.returncode == -signal.SIGKILL, error.decode()
    return len(list(folder.glob("out-*")))


@pytest.fixture(scope="module")
def undisturbed(bulk_translate, tmp_path_factory):
    """`(the input, the folder of a run, what it returned)`: 2,000 lines in 80 shards."""
    poisoned, folder = Poisoned(tmp_path_factory.mktemp("input"), 2000), tmp_path_factory.mktemp("undisturbed")
    return poisoned, folder, bulk_translate.main(poisoned.arguments(folder, "--lines-per-shard", "25"))


def test_in_order_and_nothing_lost(undisturbed):
    poisoned, folder, counts = undisturbed
    assert counts == {"written": 80, "kept": 0, "translations": 1980, "dead_letters": 20}
    assert {path.name for path in folder.glob("out-*")} == {f"out-{number:05d}-of-00080" for number in range(80)}
    poisoned.check(lines_of(folder, "out"))
    assert failures(folder) == poisoned.failures
    listed = (folder / "out.shards.tsv").read_text().splitlines()
    assert listed[0] == "shard\tfile\tfirst_line\tlines"
    assert [line.split("\t") for line in (listed[1], listed[-1])] == [
        ["0", poisoned.pattern.replace("*", "a.txt"), "1", "25"],
        ["79", poisoned.pattern.replace("*", "b.txt.gz"), "776", "25"]]


def test_what_is_complete_is_left_alone(bulk_translate, undisturbed):
    poisoned, folder, _ = undisturbed
    before, times = shards(folder), {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    gone = [folder / f"out-{number:05d}-of-00080" for number in (3, 70)]  # one of each file
    for path in gone:
        path.unlink()
    counts = bulk_translate.main(poisoned.arguments(folder, "--lines-per-shard", "25"))
    assert (counts["written"], counts["kept"]) == (2, 78)
    assert shards(folder) == before
    assert sorted(path for path in times if path.stat().st_mtime_ns != times[path]) == gone


def test_a_killed_run_goes_on(bulk_translate, undisturbed, tmp_path):
    poisoned, folder, _ = undisturbed
    arguments = poisoned.arguments(tmp_path, "--lines-per-shard", "25")
    there = killed(arguments, tmp_path, after=10)
    assert 10 <= there < 80
    (tmp_path / "out.0123.part").write_bytes(b"half a sha")
    counts = bulk_translate.main(arguments)
    assert (counts["written"], counts["kept"]) == (80 - there, there)
    assert shards(tmp_path) == shards(folder)
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.slow
def test_a_hundred_thousand_lines(bulk_translate, tmp_path):
    folders = [tmp_path / name for name in ("input", "killed", "undisturbed")]
    for folder in folders:
        folder.mkdir()
    poisoned = Poisoned(folders[0], 100_000, every=1000)
    assert (len(poisoned.targets), len(poisoned.failures)) == (99_900, 100)
    arguments = poisoned.arguments(folders[1], "--lines-per-shard", "2000", "--json")
    there = killed(arguments, folders[1], after=20)
    assert 20 <= there < 50
    counts = bulk_translate.main(arguments)
    assert (counts["written"], counts["kept"]) == (50 - there, there)
    rows = [json.loads(line) for line in lines_of(folders[1], "out")]
    failed = {(file, line) for file, line, _ in poisoned.failures}
    assert [(row["file"], row["line"]) for row in rows] == [
        (f"{folders[0]}/{name}", line) for name, lines in (("a.txt", 60_000), ("b.txt.gz", 40_000))
        for line in range(1, lines + 1) if (f"{folders[0]}/{name}", line) not in failed]
    poisoned.check([row["translation"] for row in rows])
    assert failures(folders[1]) == poisoned.failures
    bulk_translate.main(poisoned.arguments(folders[2], "--lines-per-shard", "2000", "--json"))
    assert shards(folders[2]) == shards(folders[1])


@pytest.mark.slow
def test_worker_processes(bulk_translate, shouting, tmp_path):
    """They get the modules beside the script with the pipeline."""
    (tmp_path / "lines").write_text("".join(f"line {number}\n" for number in range(1000)))
    subprocess.run([sys.executable, SCRIPT, "--model", shouting, "--input", tmp_path / "lines", "--output",
                    tmp_path / "out", "--lines-per-shard", "50", "--direct_num_workers=2",
                    "--direct_running_mode=multi_processing"], check=True, cwd=tmp_path,
                   env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert lines_of(tmp_path, "out") == [f"LINE {number}" for number in range(1000)]
