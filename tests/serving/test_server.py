"""The real process: starts, says where, answers over a socket, stops."""

import http.client
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from urllib.parse import urlsplit

import pytest

from keras_s2s.errors import UserError
from keras_s2s.serving.server import load_models, reserve_address, serve

START = "import sys; from keras_s2s.serving.server import serve; serve(sys.argv[1:], rest_port=0, poll_seconds=0.1)"


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


def started(*arguments):
    """A server on the way: the process, the model's URL and the gRPC address."""
    process = subprocess.Popen([sys.executable, "-c", START, *arguments], stderr=subprocess.PIPE, text=True)
    printed = ""
    for line in process.stderr:
        printed += line
        if "Ctrl-C" in line:
            url = re.search(r"^toy \(version \d+\): (\S+)$", printed, re.M)[1]
            return process, url, re.search(r"^gRPC: (127\.0\.0\.1:\d+)$", printed, re.M)[1]
    pytest.fail(printed)


def ask_over_and_over(url, stop, answers):
    """One client on one connection that stays open; notes each answer, and that it was refused only once."""
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    while not stop.is_set():
        text = f"t{len(answers)}"
        try:
            connection.request("POST", f"{address.path}:predict", json.dumps({"instances": [text]}))
            response = connection.getresponse()
            translation = json.load(response)["predictions"][0]["translation"]
        except ConnectionRefusedError:
            break
        answers.append((text.upper(), translation))
        if response.getheader("connection") == "close":
            break
    connection.close()


def test_a_new_version_and_a_broken_one_while_requests_run(toy_path, tmp_path):
    base = tmp_path / "toy"
    shutil.copytree(toy_path / "3", base / "3")
    process, url, _ = started(str(base))
    stop, answers = threading.Event(), [[] for _ in range(4)]
    clients = [threading.Thread(target=ask_over_and_over, args=(url, stop, found)) for found in answers]
    try:
        for client in clients:
            client.start()

        def states():
            with urllib.request.urlopen(url, timeout=30) as answer:
                found = json.load(answer)["model_version_status"]
            return {version["version"]: version["state"] for version in found}

        def wait_for(expected):
            until = time.monotonic() + 60
            while states() != expected and time.monotonic() < until:
                time.sleep(0.1)
            assert states() == expected

        shutil.copytree(toy_path / "3", tmp_path / "new")
        (tmp_path / "new").rename(base / "4")
        wait_for({"4": "AVAILABLE", "3": "END"})
        (base / "5").mkdir()
        (base / "5" / "saved_model.pb").write_bytes(b"no graph")
        wait_for({"5": "END", "4": "AVAILABLE", "3": "END"})
        with urllib.request.urlopen(f"{url}/versions/5", timeout=30) as answer:
            (broken,) = json.load(answer)["model_version_status"]
        assert "cannot be loaded" in broken["status"]["error_message"]

        # The signal comes in the middle: what was sent is answered, and the last answer says that it is the last.
        process.send_signal(signal.SIGTERM)
        for client in clients:
            client.join(30)
        assert process.wait(30) == 0
        assert "Traceback" not in process.stderr.read()
        assert all(len(found) > 3 for found in answers)
        assert all(text == translation for found in answers for text, translation in found)
    finally:
        stop.set()
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
        reserve_address(host, port)


def test_a_request_that_is_being_computed_is_answered_after_the_signal(toy_path, tmp_path):
    process, url, _ = started(str(toy_path))
    try:
        host = urlsplit(url).hostname
        with socket.create_connection((host, int(urlsplit(url).port)), timeout=30) as connection:
            body = b'{"instances": ["abc"]}'
            head = f"POST {urlsplit(url).path}:predict HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
            connection.sendall(head.encode() + body[:5])
            time.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
            with pytest.raises(OSError):  # no new connections
                socket.create_connection((host, int(urlsplit(url).port)), timeout=5)
            connection.sendall(body[5:])
            answer = connection.makefile("rb").read()
        assert b" 200 OK" in answer
        assert b"ABC" in answer
        assert b"connection: close" in answer
        assert process.wait(30) == 0
    finally:
        process.kill()


def test_no_model_and_one_name_twice(toy_path, tmp_path):
    with pytest.raises(UserError, match=r"(?i)no model was given"):
        load_models([], tmp_path)
    with pytest.raises(UserError, match=r"Models and a --model-config-file"):
        load_models(["dates"], tmp_path, config_file="models.config")
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
