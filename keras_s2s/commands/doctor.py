"""`keras-s2s doctor`."""

import importlib.metadata
import platform
import shutil
import sys

# What each part needs, by the name of the distribution.
_PARTS = {"core": ("tensorflow", "tensorflow-text", "keras", "sentencepiece", "babel", "sacrebleu", "jiwer"),
          "serving": ("starlette", "uvicorn", "grpcio", "grpcio-health-checking", "tensorflow-serving-api", "orjson",
                      "prometheus-client"),
          "bulk": ("apache-beam",), "demo": ("gradio",), "tfjs": ("tensorflowjs",)}


def run_doctor():
    """Prints versions, and for each part whether it can be used and how to get it."""
    print(f"python\t{platform.python_version()} ({platform.system()} {platform.machine()})")
    print(f"keras-s2s\t{_version('keras-s2s') or 'from the source folder'}")
    for part, names in _PARTS.items():
        versions = {name: _version(name) for name in names}
        missing = [name for name, version in versions.items() if version is None]
        shown = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
        advice = f"missing {', '.join(missing)}: pip install 'keras-s2s[{part}]'" if missing else "ok"
        print(f"{part}\t{advice}\t{shown}")
    if sys.version_info >= (3, 13) or platform.machine() not in ("x86_64", "AMD64"):
        print("note\tthe TF.js converter exists for Python 3.11-3.12 on x86-64 Linux and macOS only")
    print(f"node\t{shutil.which('node') or 'not found (needed to work on the browser part, not to use it)'}")


def _version(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
