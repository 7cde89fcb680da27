"""The plain PyTorch reference, which lies in the folder of the peers, with the weights of `peer_weights`."""

import numpy as np
import torch
import torch_reference
from peer_ids import END, PADDING, START, UNKNOWN, PeerIds
from peer_torch_weights import gru_state, tensors

IDS = PeerIds((PADDING, START, END, UNKNOWN))


class BridgedReference(torch_reference.Seq2Seq):
    """The reference with keras_s2s' dense bridge, s_0 = tanh(W h + b), in place of s_0 = h."""

    def __init__(self, source_size, target_size, embedding, units, dropout):
        super().__init__(source_size, target_size, embedding, units, dropout)
        self.bridge = torch.nn.Linear(units, units)

    def encode(self, source):
        """As the reference's; the state goes through the bridge."""
        state, memory = super().encode(source)
        return torch.tanh(self.bridge(state)), memory


def build_reference(weights: dict[str, np.ndarray], dropout: float = 0.0) -> torch_reference.Seq2Seq:
    """The reference with named weights, in evaluation mode."""
    kind = BridgedReference if "bridge_kernel" in weights else torch_reference.Seq2Seq
    (source, embedding), target = weights["source_embedding"].shape, len(weights["target_embedding"])
    model = kind(source, target, embedding, weights["query"].shape[0], dropout)
    state = {"source.weight": IDS.rows(weights["source_embedding"]),
             "target.weight": IDS.rows(weights["target_embedding"]),
             "query.weight": weights["query"].T, "key.weight": weights["key"].T, "v.weight": weights["score"].T,
             "combine.weight": weights["combine"].T, "out.weight": IDS.rows(weights["output_kernel"].T),
             "out.bias": IDS.rows(weights["output_bias"])}
    if "bridge_kernel" in weights:
        state |= {"bridge.weight": weights["bridge_kernel"].T, "bridge.bias": weights["bridge_bias"]}
    model.load_state_dict(tensors(state) | gru_state(weights, "forward", "encoder")
                          | gru_state(weights, "backward", "encoder", "_reverse")
                          | gru_state(weights, "decoder", "decoder"))
    return model.eval()
