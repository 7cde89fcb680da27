"""Writes what a server needs for the conformance suite: `python -m tests.conformance.write_models DIR`.

DIR then holds the models `shapes` (versions 1 and 2) and `dates` (the shipped SavedModel), `models.config` with the
labels that the cases ask for, and `monitoring.config`.
"""

import argparse
import shutil
from pathlib import Path

DATES = Path(__file__).resolve().parents[2] / "saved_models" / "dates" / "saved_model"

MODELS_CONFIG = """\
model_config_list {{
  config {{
    name: "shapes"
    base_path: "{base}/shapes"
    model_platform: "tensorflow"
    model_version_policy {{ specific {{ versions: 1 versions: 2 }} }}
    version_labels {{ key: "stable" value: 1 }}
    version_labels {{ key: "canary" value: 2 }}
  }}
  config {{
    name: "dates"
    base_path: "{base}/dates"
    model_platform: "tensorflow"
  }}
}}
"""

MONITORING_CONFIG = """\
prometheus_config {
  enable: true
  path: "/monitoring/prometheus/metrics"
}
"""


def write_models(folder: Path, base: str | None = None) -> Path:
    """Writes both models and the configurations.

    Args:
        folder: Where to; made if need be.
        base: The folder's path as the server sees it, e.g. in a container. Default: its own absolute path.

    Returns:
        The path of `models.config`.
    """
    from tests.conformance.shapes_model import write_shapes_model

    folder = folder.resolve()
    write_shapes_model(folder / "shapes")
    shutil.copytree(DATES, folder / "dates", dirs_exist_ok=True)
    config = folder / "models.config"
    config.write_text(MODELS_CONFIG.format(base=base or folder), encoding="utf-8")
    (folder / "monitoring.config").write_text(MONITORING_CONFIG, encoding="utf-8")
    return config


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Write the models of the conformance suite.")
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to write")
    parser.add_argument("--base", help="the path under which the server sees DIR. Default: the same")
    arguments = parser.parse_args()
    print(write_models(arguments.folder, arguments.base))


if __name__ == "__main__":
    main()
