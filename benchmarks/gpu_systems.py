"""The systems whose training on a GPU is compared, each made in a process of its own; see `system_worker`.

What libraries read from the environment must stand there before they are imported: hence functions.
"""

import os
from pathlib import Path

SYSTEMS = {"pytorch": ("gpu_systems", "pytorch", {}),
           **{f"keras_s2s_{backend}": ("gpu_systems", "keras_s2s", {"backend": backend})
              for backend in ("tensorflow", "jax", "torch")}}
"""Module, function and its arguments but the last; the first is what the others are compared with."""


def pytorch(folder: Path, threads: int, devices: str | None):
    """The PyTorch reference. For arguments see `keras_s2s`."""
    prepare_environment(devices)
    from gpu_pytorch import GpuPyTorch

    return GpuPyTorch(folder, threads)


def keras_s2s(folder: Path, threads: int, backend: str, devices: str | None):
    """keras_s2s under a backend of Keras.

    Args:
        folder: Has a folder, written by `gpu_batches.prepare`, for each size.
        threads: How many threads of the processor may be used.
        backend: `"tensorflow"`, `"jax"` or `"torch"`.
        devices: The GPUs, as in CUDA_VISIBLE_DEVICES; all where it is None, none where it is empty.
    """
    prepare_environment(devices)
    os.environ["KERAS_BACKEND"] = backend
    from gpu_keras import GpuKeras

    return GpuKeras(folder, threads)


def prepare_environment(devices: str | None):
    """Shows the libraries those GPUs. None takes all of a GPU's memory at once: the systems have to share it."""
    os.environ.pop("CUDA_VISIBLE_DEVICES", None)
    if devices is not None:
        os.environ["CUDA_VISIBLE_DEVICES"] = devices
    if devices == "":
        os.environ["JAX_PLATFORMS"] = "cpu"
    os.environ |= {"XLA_PYTHON_CLIENT_PREALLOCATE": "false", "TF_FORCE_GPU_ALLOW_GROWTH": "true"}
