"""One compared system in a process of its own: `python system_worker.py MODULE CLASS ARGUMENTS FOLDER THREADS`.

The system is `CLASS(FOLDER, THREADS, **ARGUMENTS)` of the module; ARGUMENTS is JSON. Reads a request a line from
standard input, `{"call": "decode", "search": "beam", ...}`, calls that method with the rest and answers with a line,
`{"seconds": ..., "cpu_seconds": ..., "outputs": [...]}`. The first line of all has the versions. What libraries print
goes to standard error.
"""

import importlib
import json
import os
import sys
import time
from pathlib import Path


def main():
    """Answers until standard input ends."""
    module, kind, arguments, folder, threads = sys.argv[1:]
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)
        system = getattr(importlib.import_module(module), kind)(Path(folder), int(threads), **json.loads(arguments))
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
