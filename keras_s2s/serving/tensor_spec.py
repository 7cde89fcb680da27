"""What a signature says about one of its inputs."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TensorSpec:
    """Name, type and shape of one input of a signature.

    Attributes:
        name: The name that requests use.
        dtype: TensorFlow's name of the type: `"string"`, `"float32"`, `"int32"`, ...
        shape: The sizes, None where any size will do; None for the whole when even the rank is open.
    """

    name: str
    dtype: str
    shape: tuple[int | None, ...] | None

    def accepts(self, shape: tuple[int, ...]) -> bool:
        """Whether an array of this shape may be fed."""
        if self.shape is None:
            return True
        return len(shape) == len(self.shape) and all(
            wanted is None or wanted == size for wanted, size in zip(self.shape, shape, strict=True)
        )

    def __str__(self) -> str:
        sizes = (
            "any"
            if self.shape is None
            else ",".join("?" if size is None else str(size) for size in self.shape)
        )
        return f"{self.dtype}[{sizes}]"
