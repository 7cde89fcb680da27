"""JSON as TensorFlow Serving reads it: what follows the document is ignored, of equal keys the first counts."""

import json
import re
from typing import Any

import orjson

from keras_s2s.serving.request_error import RequestError

_BRACKETS = bytes.maketrans(b"{}", b"[]")
# A text, whole or cut off, or infinity as only TensorFlow Serving's parser knows it. A quotation mark always begins a
# text, and what was taken is never given back: so the time is proportional to the length, whatever is in it.
_SHORT_INFINITY = re.compile(r'("(?:[^"\\]++|\\.)*+(?:"|\\?\Z))|\bInf\b', re.DOTALL)
_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_QUOTE, _BACKSLASH = b'"\\'
_OTHERS = bytes(set(range(256)) - set(b"[]{}"))


def parse_object(body: bytes, most_deep: int) -> dict[str, Any]:
    """Reads a request body that has to be an object.

    Args:
        body: The bytes. Such as are no UTF-8 travel on as escapes: the graph mends them, as it does under
            TensorFlow Serving.
        most_deep: How deep lists and objects may be nested.

    Raises:
        RequestError: No JSON, nested too deeply, not an object.
    """
    if body.count(b"[") + body.count(b"{") > most_deep and _too_deep(body, most_deep):
        raise RequestError(f"JSON Parse error: nested too deeply, at most {most_deep} levels are allowed")
    try:
        document = orjson.loads(body)
        if _repeats_keys(body, document):
            document = _parse_leniently(body)
    except orjson.JSONDecodeError:
        document = _parse_leniently(body)
    if not isinstance(document, dict):
        raise RequestError(f"JSON Value: {json.dumps(document)[:80]} Is not object")
    return document


def _too_deep(body: bytes, most: int) -> bool:
    """Whether lists and objects are nested deeper than allowed."""
    brackets = body.translate(_BRACKETS, delete=_OTHERS)
    for _ in range(most):
        fewer = brackets.replace(b"[]", b"")
        if not fewer:
            return False
        if len(fewer) == len(brackets):
            break
        brackets = fewer
    # Really deep, or there are brackets in texts, or it is no JSON: look more closely, which takes longer.
    depth, inside, escaped = 0, False, False
    for byte in body:
        if inside:
            inside = escaped or byte != _QUOTE
            escaped = not escaped and byte == _BACKSLASH
        elif byte == _QUOTE:
            inside = True
        elif byte in b"[{":
            depth += 1
            if depth > most:
                return True
        elif byte in b"]}":
            depth -= 1
    return False


def _repeats_keys(body: bytes, document: Any) -> bool:
    """Whether a key is there twice: the quick parser keeps the last, TensorFlow Serving the first.

    Outside texts, as many colons stand in a document as it has keys.
    """
    colons = body.count(b":")
    if isinstance(document, dict) and colons == len(document):
        return False  # by far the most frequent case
    keys = _count_keys(document)
    return colons != keys and colons - sum(text[0].count(b":") for text in _TEXT.finditer(body)) != keys


def _count_keys(document: Any) -> int:
    count, unseen = 0, [document]
    while unseen:
        node = unseen.pop()
        if type(node) is dict:
            count += len(node)
            node = node.values()
        elif type(node) is not list:
            continue
        unseen.extend([part for part in node if type(part) is dict or type(part) is list])
    return count


def _parse_leniently(body: bytes) -> Any:
    text = body.decode("utf-8-sig", "surrogateescape").lstrip(" \t\r\n")
    if not text:
        raise RequestError("JSON Parse error: The document is empty")
    if "Inf" in text:
        text = _SHORT_INFINITY.sub(lambda found: found[1] or "Infinity", text)
    try:
        return _DECODER.raw_decode(text)[0]
    except RecursionError:
        raise RequestError("JSON Parse error: nested too deeply") from None
    except ValueError as error:
        raise RequestError(f"JSON Parse error: {error}") from None


def _first_of_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return dict(reversed(pairs)) if len(pairs) > 1 else dict(pairs)


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError("Number too big to be stored in double.")
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_first_of_each, parse_float=_finite)
