"""The server that the suite runs against."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Target:
    """Where a server is and what its models are called.

    Attributes:
        rest: The base URL of REST, e.g. `http://127.0.0.1:8501`; None where REST is not to be tested.
        grpc: Host and port of gRPC; None where gRPC is not to be tested.
        shapes: The name of the model of `shapes_model`.
        dates: The name of the shipped model.
        local: Whether the server is keras_s2s's own.
    """

    rest: str | None
    grpc: str | None
    shapes: str = "shapes"
    dates: str = "dates"
    local: bool = False

    def filled(self, value: Any) -> Any:
        """A value of a case with the models' names in their places; functions stay as they are."""
        if isinstance(value, str):
            encoded = f"%{ord(self.shapes[0]):02X}{self.shapes[1:]}"
            for name, text in (("$shapes", self.shapes), ("$dates", self.dates), ("$encoded", encoded)):
                value = value.replace(name, text)
            return value
        if isinstance(value, list):
            return [self.filled(item) for item in value]
        if isinstance(value, dict):
            return type(value)((self.filled(key), self.filled(item)) for key, item in value.items())
        return value
