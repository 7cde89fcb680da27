"""Layers and model need Keras alone, so that they train under any backend."""

import ast
from pathlib import Path

import pytest

import keras_s2s

PACKAGE = Path(keras_s2s.__file__).parent
# Where backends differ; everything else here must not know them.
BACKENDS = {"backend.py", "dropping.py", "backpropagation.py"}
FILES = sorted([PACKAGE / "model.py",
                *(path for folder in ("layers", "search") for path in PACKAGE.glob(f"{folder}/*.py")
                  if path.name not in BACKENDS),
                *PACKAGE.glob("training/*entropy.py"), *PACKAGE.glob("training/token*.py"),
                PACKAGE / "training" / "perplexity.py", PACKAGE / "training" / "logits_check.py"])
ALLOWED = {"contextlib", "dataclasses", "keras", "keras_s2s", "numpy", "inspect", "typing"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_imports_keras_alone(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    roots = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots.add(node.module.split(".")[0])
    assert roots <= ALLOWED


def test_all_layers_are_among_the_files():
    assert len(FILES) > 10
