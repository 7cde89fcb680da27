"""What visitors' files leave behind: nothing."""

import tempfile
from pathlib import Path

import pytest

from keras_s2s.demo import DemoModel, launch

gradio_client = pytest.importorskip("gradio_client")


def test_translations_are_gone_with_the_demo(without_attention, tmp_path, monkeypatch):
    temporary, own = tmp_path / "temporary", tmp_path / "own"
    temporary.mkdir()
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.delenv("GRADIO_TEMP_DIR", raising=False)
    (own / "texts.txt").write_text("abba\n")

    def left():
        return [path for path in temporary.rglob("*") if path.is_file() and path.name.endswith(".translated.txt")]

    demo = launch({"plain": DemoModel(without_attention)}, wait=False)
    try:
        client = gradio_client.Client(demo.local_url, verbose=False, download_files=own)
        found = client.predict(gradio_client.handle_file(own / "texts.txt"), "plain", 1, api_name="/batch")
        assert Path(found).read_text("utf-8") == f"{without_attention('abba')}\n"
        assert len(left()) == 1  # what Gradio sends and looks after
        assert {str(path) for path in left()} <= set().union(*demo.temp_file_sets)
    finally:
        demo.close(verbose=False)
    assert left() == []
