"""Reading bodies: of equal keys the first counts, infinity has a short name, and no body takes long or much memory."""

import time
import tracemalloc

import pytest

from keras_s2s.serving.json_body import parse_object
from keras_s2s.serving.request_error import RequestError


@pytest.mark.parametrize(
    "body, expected",
    [
        (b'{"a": 1, "a": 2}', {"a": 1}),
        (b'{"instances": ["x"], "inst\\u0061nces": ["y"]}', {"instances": ["x"]}),
        (b'{"rows": [{"a": 1}, {"b": 1, "\\u0062": 2}]}', {"rows": [{"a": 1}, {"b": 1}]}),
        (b'{"a": [[{"b": {"c": 1, "d": 2, "c": 3}}]]}', {"a": [[{"b": {"c": 1, "d": 2}}]]}),
        (b'{"a:": "at 10:30", "b\\":": {"c": ":"}}', {"a:": "at 10:30", 'b":': {"c": ":"}}),
        (b'{"a": Inf, "b": [-Inf, "Inf \\" Inf", "\\\\"], "c": Inf}',
         {"a": float("inf"), "b": [float("-inf"), 'Inf " Inf', "\\"], "c": float("inf")}),
    ],
)
def test_what_is_read(body, expected):
    assert parse_object(body, 10) == expected


TEDIOUS = {
    "escaped quotation marks": b'{"instances": ["Inf' + b'\\"' * 100_000,
    "escaped quotation marks, then half an escape": b'{"instances": ["Inf' + b'\\"' * 100_000 + b"\\",
    "escaped backslashes": b'{"x": Inf, "instances": ["' + b"\\\\" * 100_000,
    "many keys": b"{" + b",".join(b'"k%06d": 0' % number for number in range(100_000)) + b"}",
    "many keys, twice": b"{" + b",".join(b'"k%06d": 0' % (number // 2) for number in range(100_000)) + b"}",
    "many keys in the first row": b'{"instances": [{' + b",".join(b'"%d":0' % key for key in range(100_000)) + b"}]}",
    "many colons in texts": b'{"instances": [' + b'":",' * 200_000 + b'""]}',
}


@pytest.mark.parametrize("body", TEDIOUS.values(), ids=TEDIOUS.keys())
def test_the_time_is_proportional_to_the_length(body):
    started = time.thread_time()
    try:
        parse_object(body, 10)
    except RequestError as error:
        assert "Unterminated string" in error.message
    assert time.thread_time() - started < 5  # a second where the machine is slow; minutes for the square


def test_a_long_text_beside_infinity_takes_little_memory():
    body = b'{"x": Inf, "instances": ["' + b"x" * 4_000_000 + b'"]}'
    tracemalloc.start()
    try:
        parse_object(body, 10)
        assert tracemalloc.get_traced_memory()[1] < 25 * len(body)
    finally:
        tracemalloc.stop()
