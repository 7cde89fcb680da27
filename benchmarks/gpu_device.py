"""The GPU as a library sees it, and whether it multiplies float32 numbers rounded to TF32."""

import importlib
import os


def find_device(library: str) -> str | None:
    """The GPU's name; None where there shall be none.

    Args:
        library: `"tensorflow"`, `"jax"` or `"torch"`.

    Raises:
        RuntimeError: The library sees none, although CUDA_VISIBLE_DEVICES does not forbid it.
    """
    if os.environ.get("CUDA_VISIBLE_DEVICES") == "":
        return None
    name = _names()[library](importlib.import_module(library))
    if name is None:
        raise RuntimeError(f"{library} sees no GPU")
    return name


def allow_tf32(library: str) -> bool:
    """Lets a library round float32 numbers to TF32 in matrix products, as all of them do by default but PyTorch.

    Returns:
        Whether it does, as far as the library tells; without a GPU none does.
    """
    if os.environ.get("CUDA_VISIBLE_DEVICES") == "":
        return False
    module = importlib.import_module(library)
    if library == "tensorflow":
        return module.config.experimental.tensor_float_32_execution_enabled()
    if library == "jax":
        return module.config.jax_default_matmul_precision in (None, "default", "tensorfloat32")
    module.set_float32_matmul_precision("high")
    return module.get_float32_matmul_precision() == "high" and module.backends.cudnn.allow_tf32


def _names():
    def tensorflow(module):
        devices = module.config.list_physical_devices("GPU")
        return module.config.experimental.get_device_details(devices[0]).get("device_name", "GPU") if devices else None

    def jax(module):
        return module.devices()[0].device_kind if module.default_backend() == "gpu" else None

    def torch(module):
        return module.cuda.get_device_name() if module.cuda.is_available() else None

    return {"tensorflow": tensorflow, "jax": jax, "torch": torch}
