"""The clients count what comes, and the whole benchmark runs."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
ANSWERS = {b"good": b'{"predictions": [{"translation": "GOOD"}]}', b"wrong": b'{"predictions": [{"translation": "?"}]}'}


async def answer(reader, writer):
    """A server that answers some texts, refuses one, and hangs up on another."""
    while head := await reader.readuntil(b"\r\n\r\n"):
        body = await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split()[0]))
        text = json.loads(body)["instances"][0].encode()
        if text == b"hang up":
            break
        status, said = (b"200 OK", ANSWERS[text]) if text in ANSWERS else (b"503 Later", b'{"error": "later"}')
        writer.write(b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(said), said))
        await asyncio.sleep(0.01)
    writer.close()


@pytest.mark.parametrize(("text", "counted"), [("good", "answered"), ("wrong", "wrong"), ("later", "refused"),
                                               ("hang up", "lost")])
def test_what_comes_is_counted(monkeypatch, text, counted, run_async):
    monkeypatch.syspath_prepend(BENCHMARKS)
    from serve_clients import Clients

    async def main():
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        job = {"host": "127.0.0.1", "rest_port": server.sockets[0].getsockname()[1], "protocol": "rest", "model": "m",
               "texts": [text], "expected": ["GOOD"], "clients": 3, "seconds": 0.2, "seed": 1}
        found = await Clients(job).run()
        server.close()
        return found

    found = run_async(main())
    expected = {name: name == counted for name in ("answered", "wrong", "refused", "lost")}
    expected["answered"] |= counted == "wrong"
    assert {name: found[name] > 0 for name in expected} == expected
    assert len(found["milliseconds"]) == found["answered"]


@pytest.mark.slow
def test_the_benchmark(tmp_path):
    command = [sys.executable, BENCHMARKS / "serve.py", "--rounds", "1", "--seconds", "12", "--clients", "8",
               "--results", tmp_path]
    subprocess.run(command, check=True, timeout=400)
    results = json.loads((tmp_path / "serve_dates.json").read_text())
    assert len(results["rows"]) == 8
    for name, (found,) in results["rows"].items():
        assert found["sentences_per_second"] > 10, name
        assert (found.get("wrong", 0), found.get("refused", 0), found.get("lost", 0)) == (0, 0, 0), name
    swap = results["swap"]
    assert (swap["exit_status"], swap["versions"]) == (0, {"1": "END", "2": "AVAILABLE"})
    for event in ("swap", "stop"):
        for protocol in ("rest", "grpc"):
            found = swap[event][protocol]
            assert found["answered"] > 10
            assert (found["wrong"], found["lost"]) == (0, 0)
