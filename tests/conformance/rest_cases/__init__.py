"""REST cases by topic: facts of TensorFlow Serving, read in its documents, sources and tests (2.19.1 and July 2026)."""

from tests.conformance.rest_cases import (
    columns,
    dates,
    examples,
    json_syntax,
    metadata,
    numbers,
    outputs,
    paths,
    rows,
    status,
    texts,
    transport,
)

_GROUPS = (status, metadata, paths, rows, columns, json_syntax, numbers, texts, outputs, transport, examples, dates)
CASES = [case for group in _GROUPS for case in group.CASES]
