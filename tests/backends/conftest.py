"""Runs Python under a backend of Keras, in a process of its own."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Tiny models: compiling takes much longer than running, and optimising what is compiled most of that.
QUICK_TO_COMPILE = "--xla_backend_optimization_level=0 --xla_llvm_disable_expensive_passes=true"


@pytest.fixture(scope="session")
def run_under():
    """`run_under(backend, *arguments)` runs `python ARGUMENTS` and returns what it printed."""

    def run(backend, *arguments):
        if importlib.util.find_spec(backend) is None:
            pytest.skip(f"{backend} is not installed: pip install 'keras-s2s[backends]'")
        environment = {**os.environ, "KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3",
                       "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
        if backend == "jax":
            environment["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} {QUICK_TO_COMPILE}"
        done = subprocess.run([sys.executable, *map(str, arguments)], cwd=ROOT, env=environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            pytest.fail(f"under {backend}:\n{done.stdout[-6000:]}", pytrace=False)
        return done.stdout

    return run
