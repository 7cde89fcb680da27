"""A site with several models, of which none is converted anew."""

import json
import subprocess
import sys
import threading
import urllib.request

import pytest

from keras_s2s.errors import UserError
from keras_s2s.export.site import title, write_site
from keras_s2s.shipped import shipped_models


@pytest.fixture
def models(tmp_path):
    """Two model directories with a bundle, one of them with a card."""
    found = {}
    for name in ("dates", "multi30k-de-en"):
        found[name] = tmp_path / "models" / name
        (found[name] / "tfjs").mkdir(parents=True)
        (found[name] / "tfjs" / "manifest.json").write_text(json.dumps({"name": name}), "utf-8")
    (found["dates"] / "card.md").write_text("# dates\n", "utf-8")
    return found


def test_the_page_once_and_a_folder_for_each_model(models, tmp_path):
    site = write_site(models, tmp_path / "site")
    assert json.loads((site / "models.json").read_text("utf-8")) == [
        {"name": "dates", "path": "models/dates/", "title": "Dates", "card": "models/dates/card.md"},
        {"name": "multi30k-de-en", "path": "models/multi30k-de-en/", "title": "Multi30k de en"}]
    for name in models:
        assert json.loads((site / "models" / name / "manifest.json").read_text("utf-8")) == {"name": name}
    assert (site / "models" / "dates" / "card.md").read_text("utf-8") == "# dates\n"
    assert (site / "index.html").is_file()
    # Written anew, what is gone is gone.
    write_site({"dates": models["dates"]}, site)
    assert [path.name for path in (site / "models").iterdir()] == ["dates"]


def test_a_name_without_letters_is_its_own_title():
    assert [title(name) for name in ("--", "a_b", "ÄÖ")] == ["--", "A b", "ÄÖ"]


def test_no_models(tmp_path):
    with pytest.raises(UserError, match="no model for the site"):
        write_site({}, tmp_path / "site")


def test_a_model_that_was_not_exported(models, tmp_path):
    (models["dates"] / "tfjs" / "manifest.json").unlink()
    with pytest.raises(UserError, match=r"(?s)dates has no bundle.*export dates --tfjs DIR"):
        write_site(models, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_folder_with_something_else(models, tmp_path):
    (tmp_path / "letter.txt").write_text("keep me", "utf-8")
    with pytest.raises(UserError, match="is no site"):
        write_site(models, tmp_path)
    assert (tmp_path / "letter.txt").read_text("utf-8") == "keep me"


def test_it_is_written_and_served_by_one_command_without_tensorflow(tmp_path):
    given = [str(tmp_path / "site"), "--serve", "0"]
    command = [sys.executable, "-X", "importtime", "-m", "keras_s2s.export.site", *given]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        said: list[str] = []
        listener = threading.Thread(target=lambda: said.extend(process.stderr))
        listener.start()
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}/models.json", timeout=10) as answer:
            assert [place["name"] for place in json.load(answer)] == list(shipped_models())
        with urllib.request.urlopen(f"{address}/page.js", timeout=10) as answer:
            assert answer.headers["Content-Type"] == "text/javascript"
        process.terminate()
        listener.join(10)
    assert not any("tensorflow" in line for line in said)
    assert any("json" in line for line in said)
