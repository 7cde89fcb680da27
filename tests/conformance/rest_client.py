"""Sends REST cases and says what is wrong with the answers."""

import http.client
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.conformance.matchers import differences, matching
from tests.conformance.rest_case import RestCase
from tests.conformance.target import Target


@dataclass(frozen=True)
class RestAnswer:
    """What came back.

    Attributes:
        status: The HTTP status.
        content_type: The header Content-Type, empty where there is none.
        body: The body.
    """

    status: int
    content_type: str
    body: bytes

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode("utf-8", "replace")


class RestClient:
    """A client that sends targets and bodies exactly as they are given.

    Args:
        target: The server; its `rest` is set.
        timeout: Seconds until an answer counts as missing. Default: 60.
    """

    def __init__(self, target: Target, timeout: float = 60.0):
        self.target, self.timeout = target, timeout
        self._url = urlsplit(target.rest or "")

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        pieces: int = 0,
    ) -> RestAnswer:
        """One request over a connection of its own."""
        secure = self._url.scheme == "https"
        connect = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = connect(self._url.netloc, timeout=self.timeout)
        sent: Any = body
        if body is not None and pieces:
            sent = (body[start : start + pieces] for start in range(0, len(body), pieces))
        try:
            connection.request(method, self._url.path.rstrip("/") + path, sent, headers or {})
            response = connection.getresponse()
            return RestAnswer(response.status, response.headers.get("Content-Type", ""), response.read())
        finally:
            connection.close()

    def run(self, case: RestCase) -> list[str]:
        """Sends a case; what is wrong with the answer, empty where nothing is."""
        if case.first:
            path, body = case.first
            self.send("POST", self.target.filled(path), body)
        method = case.method or ("POST" if case.body is not None else "GET")
        answer = self.send(method, self.target.filled(case.path), case.body, case.headers, case.pieces)
        if self.target.local and case.locally:
            return self._wrong(case, answer, status=case.locally[0], error="")
        return self._wrong(case, answer, case.status, case.error)

    def _wrong(self, case: RestCase, answer: RestAnswer, status: int, error: str | None) -> list[str]:
        if answer.status != status:
            return [f"expected the status {status}, but got {answer.status}: {answer.text[:300]}"]
        if case.content_type and not answer.content_type.startswith(case.content_type):
            return [f"expected the type {case.content_type}, but got {answer.content_type!r}"]
        wrong = []
        if error is not None:
            wrong += self._wrong_error(answer, self.target.filled(error))
        elif case.expect is not None:
            expected, given = self.target.filled(case.expect), parsed(answer)
            wrong += [str(given)] if isinstance(given, ValueError) else differences(expected, given)
        if case.text is not None and status == case.status:
            wrong += differences(matching(self.target.filled(case.text)), answer.text)
        return wrong

    @staticmethod
    def _wrong_error(answer: RestAnswer, error: str) -> list[str]:
        given = parsed(answer)
        if not isinstance(given, dict) or list(given) != ["error"] or not isinstance(given["error"], str):
            return [f'expected {{"error": "..."}}, but got {answer.text[:300]}']
        if not given["error"] or error not in given["error"]:
            return [f"expected an error with {error!r}, but got {given['error'][:300]!r}"]
        return []


def parsed(answer: RestAnswer) -> Any:
    """The answer's JSON, with NaN and Infinity; a ValueError where it is none."""
    try:
        return json.loads(answer.body)
    except ValueError as error:
        return ValueError(f"the answer is no JSON ({error}): {answer.text[:300]}")
