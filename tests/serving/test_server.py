"""The real process: starts, says where, answers over a socket, stops."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from keras_s2s.errors import UserError
from keras_s2s.serving.server import listen, load_models, serve

START = "import sys; from keras_s2s.serving.server import serve; serve(sys.argv[1:], rest_port=0)"


def test_the_process(toy_path):
    process = subprocess.Popen(
        [sys.executable, "-c", START, str(toy_path), f"second={toy_path / '3'}"],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        printed = []
        for line in process.stderr:
            printed.append(line)
            if "Ctrl-C" in line:
                break
        urls = dict(
            re.findall(
                r"^(\w+) \(version 3\): (http://127\.0\.0\.1:\d+/v1/models/\w+)$", "".join(printed), re.M
            )
        )
        assert list(urls) == ["second", "toy"]
        for url in urls.values():
            body = json.dumps({"instances": ["abc"]}).encode()
            with urllib.request.urlopen(url + ":predict", body, timeout=30) as answer:
                assert json.load(answer)["predictions"][0]["translation"] == "ABC"
        process.send_signal(signal.SIGINT)
        out, rest = process.communicate(timeout=30)
        assert (process.returncode, out) == (0, "")
        assert "Traceback" not in rest
    finally:
        process.kill()


def test_a_port_in_use():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(UserError, match=r"(?s)annot listen.*--rest-port"):
            serve(["dates"], rest_port=taken.getsockname()[1])


@pytest.mark.parametrize("host, port", [("256.0.0.1", 0), ("127.0.0.1", 70000), ("203.0.113.7", 0)])
def test_an_impossible_address(host, port):
    with pytest.raises(UserError):
        listen(host, port)


def test_no_model_and_one_name_twice(toy_path, tmp_path):
    with pytest.raises(UserError, match=r"(?i)no model was given"):
        load_models([], tmp_path)
    with pytest.raises(UserError, match=r"(?i)two models have the name toy"):
        load_models([str(toy_path), str(toy_path / "3")], tmp_path)


@pytest.mark.parametrize("damage", ["saved_model.pb cut", "saved_model.pb empty", "variables missing"])
def test_a_damaged_saved_model(toy_path, tmp_path, damage):
    path = tmp_path / "toy" / "3"
    shutil.copytree(toy_path / "3", path)
    graph = path / "saved_model.pb"
    if damage == "variables missing":
        shutil.rmtree(path / "variables")
    else:
        graph.write_bytes(graph.read_bytes()[: 1000 if "cut" in damage else 0])
    with pytest.raises(UserError, match="cannot be loaded as a SavedModel"):
        load_models([str(path)], tmp_path)


def test_serving_loads_no_keras_s2s_model(toy_path, tmp_path):
    code = f"""
import sys
from pathlib import Path
from keras_s2s.serving.server import load_models
load_models([{str(toy_path)!r}], Path({str(tmp_path)!r}))
print(sorted(name for name in sys.modules if name.startswith("keras_s2s.") and ".serving" not in name))
"""
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).strip()
    assert loaded == "['keras_s2s.errors', 'keras_s2s.model_path', 'keras_s2s.shipped']"
