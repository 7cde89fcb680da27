"""One compared system in a process of its own: `python decode_worker.py SYSTEM FOLDER THREADS`.

Reads a request a line from standard input, `{"call": "decode", "search": "beam", ...}`, and answers each with a line,
`{"seconds": ..., "cpu_seconds": ..., "outputs": [...]}`. The first line of all has the versions. What libraries print
goes to standard error.
"""

import importlib
import json
import os
import sys
import time
from pathlib import Path

SYSTEMS = {"keras_s2s": ("decode_ours", "OurSystem", {}),
           "keras_s2s_xla": ("decode_ours", "OurSystem", {"xla": True}),
           "saved_model": ("decode_ours", "OurSystem", {"exported": True}),
           "pytorch": ("decode_pytorch", "PyTorchSystem", {}),
           "joeynmt": ("decode_joeynmt", "JoeyNMTSystem", {})}
"""Module, class and arguments."""


def main():
    """Answers until standard input ends."""
    name, folder, threads = sys.argv[1:]
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        module, kind, arguments = SYSTEMS[name]
        system = getattr(importlib.import_module(module), kind)(Path(folder), int(threads), **arguments)
        print(json.dumps(system.versions), file=answers, flush=True)
        for line in sys.stdin:
            request = json.loads(line)
            call = getattr(system, request.pop("call"))
            start, cpu_start = time.perf_counter(), time.process_time()
            outputs = call(**request)
            answer = {"seconds": time.perf_counter() - start, "cpu_seconds": time.process_time() - cpu_start}
            print(json.dumps({**answer, "outputs": outputs}), file=answers, flush=True)


if __name__ == "__main__":
    main()
