"""Real folders for a fake loader."""

import pytest


@pytest.fixture
def base(tmp_path):
    """The folder with the versions, which is not there yet."""
    return tmp_path / "dates"


@pytest.fixture
def write(base):
    """`write(version)` makes a version's folder."""

    def write(version, broken=False, complete=True):
        folder = base / str(version)
        folder.mkdir(parents=True, exist_ok=True)
        if complete:
            (folder / "saved_model.pb").touch()
        if broken:
            (folder / "broken").touch()
        return folder

    return write
