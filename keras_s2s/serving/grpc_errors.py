"""How a gRPC method ends where its request cannot be answered."""

import logging
from collections.abc import Awaitable
from typing import Any

import grpc

from keras_s2s.serving.request_error import RequestError

_LOG = logging.getLogger("keras_s2s.serving")


async def answered(context: grpc.aio.ServicerContext, work: Awaitable[Any]) -> Any:
    """Awaits a method's work and ends the call with its code where it fails.

    Args:
        context: The call.
        work: What gives the response.

    Returns:
        The response.
    """
    try:
        return await work
    except RequestError as error:
        code, message = grpc.StatusCode[error.code], error.message
    except Exception:
        _LOG.exception("a gRPC request failed")
        code, message = grpc.StatusCode.INTERNAL, "internal error; the server's log has the details"
    return await context.abort(code, message)
