"""What takes long runs beside the event loop."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from keras_s2s.serving.request_error import RequestError

# Larger requests are read, and larger answers written, beside the event loop: in bytes.
LARGE = 32 * 1024


async def run_aside(aside: bool, deadline: float, function: Callable[..., Any], *arguments: Any) -> Any:
    """Calls a function.

    Args:
        aside: Whether to do so beside the event loop, as it may take long; else at once, which costs less.
        deadline: Until when to wait for it, on the clock of `time.monotonic`.
        function: What to call.
        *arguments: Its arguments.

    Returns:
        What it returns.

    Raises:
        RequestError: DEADLINE_EXCEEDED.
    """
    if not aside:
        return function(*arguments)
    try:
        async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
            return await asyncio.to_thread(function, *arguments)
    except TimeoutError:
        raise RequestError("Timed out reading the request or writing the answer", "DEADLINE_EXCEEDED") from None
