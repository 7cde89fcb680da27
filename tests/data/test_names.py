"""The names that the package promises."""

import subprocess
import sys


def test_batches_stays_a_function():
    import keras_s2s as s2s
    import keras_s2s.data.batching

    assert callable(s2s.data.batches)
    assert s2s.data.batches is keras_s2s.data.batching.batches


def test_importing_the_package_loads_neither_tensorflow_nor_keras():
    script = "import sys, keras_s2s.data, keras_s2s.cli\nassert not {'tensorflow', 'keras'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
