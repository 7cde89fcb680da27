"""What `pip install` gets on which machine."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

LINUX = {"sys_platform": "linux", "platform_machine": "x86_64", "python_version": "3.11"}
MACHINES = {
    "linux": LINUX,
    "linux, Python 3.12": {**LINUX, "python_version": "3.12"},
    "linux, Python 3.13": {**LINUX, "python_version": "3.13"},
    "linux on ARM": {**LINUX, "platform_machine": "aarch64"},
    "macOS": {**LINUX, "sys_platform": "darwin", "platform_machine": "arm64"},
    "Windows": {**LINUX, "sys_platform": "win32", "platform_machine": "AMD64"},
}
WITH_CONVERTER = {"linux", "linux, Python 3.12", "macOS"}


def installed(requirements, machine):
    """The names that these requirements install on a machine, those of the project's own extras included."""
    names = set()
    for requirement in map(Requirement, requirements):
        if requirement.marker is None or requirement.marker.evaluate(MACHINES[machine]):
            names.add(requirement.name)
            for extra in requirement.extras if requirement.name == PROJECT["name"] else ():
                names |= installed(PROJECT["optional-dependencies"][extra], machine)
    return names


@pytest.mark.parametrize("machine", MACHINES)
def test_the_converter_is_installed_only_where_it_has_wheels(machine):
    everything = installed(PROJECT["optional-dependencies"]["all"], machine)
    converter = {"tensorflowjs", "ydf", "setuptools"}
    assert everything & converter == (converter if machine in WITH_CONVERTER else set())
    assert {"gradio", "starlette", "uvicorn", "pytest", "playwright", "ruff", "mypy"} <= everything
    assert {"torch", "jax"} <= everything


@pytest.mark.parametrize("machine", MACHINES)
def test_the_core_has_tensorflow_text_but_on_windows(machine):
    core = installed(PROJECT["dependencies"], machine)
    assert ("tensorflow-text" in core) == (machine != "Windows")
    assert not core & {"gradio", "starlette", "tensorflowjs", "pytest"}


def test_the_core_accepts_tensorflow_2_19_to_2_21():
    tensorflow = next(
        requirement
        for requirement in map(Requirement, PROJECT["dependencies"])
        if requirement.name == "tensorflow"
    )
    accepted = [
        version
        for version in ("2.18.1", "2.19.0", "2.20.0", "2.21.0", "2.22.0")
        if tensorflow.specifier.contains(version)
    ]
    assert accepted == ["2.19.0", "2.20.0", "2.21.0"]


@pytest.mark.slow
def test_the_wheel_carries_presets_assets_and_models(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, ROOT]
    subprocess.run(command, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        path.relative_to(ROOT).as_posix()
        for folder in ("presets", "assets", "demo")
        for path in (ROOT / "keras_s2s" / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    expected |= {
        f"keras_s2s/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "saved_models").rglob("*")
        if path.is_file()
    }
    expected.add("keras_s2s/trace.schema.json")
    assert len(expected) > 10
    assert expected <= names
    assert not [name for name in names if name.startswith("tests/") or "node_modules" in name]
