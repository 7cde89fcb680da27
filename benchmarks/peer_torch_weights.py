"""Named weights of `peer_weights` as parameters of PyTorch modules. Needs neither Keras nor keras_s2s.

Keras has a dense layer's kernel as (inputs, outputs), PyTorch as (outputs, inputs). Of a GRU Keras has the gates
update, reset, candidate side by side, PyTorch reset, update, candidate; both let the reset gate act after the product,
and both have a bias for either product.
"""

import numpy as np
import torch


def gru_state(weights: dict[str, np.ndarray], name: str, module: str, suffix: str = "") -> dict[str, torch.Tensor]:
    """Parameters of the one-layer `nn.GRU` called `module`, from the recurrent layer `name`."""
    bias = weights[f"{name}_bias"]
    parts = {"weight_ih": weights[f"{name}_kernel"].T, "weight_hh": weights[f"{name}_recurrent_kernel"].T,
             "bias_ih": bias[0], "bias_hh": bias[1]}
    return tensors({f"{module}.{part}_l0{suffix}": _reset_first(rows) for part, rows in parts.items()})


def tensors(arrays: dict[str, np.ndarray]) -> dict[str, torch.Tensor]:
    """Arrays as tensors of their own."""
    return {name: torch.from_numpy(np.array(array, "float32", order="C")) for name, array in arrays.items()}


def _reset_first(rows):
    update, reset, candidate = np.split(rows, 3)
    return np.concatenate([reset, update, candidate])
