"""What the browser needs for a trace, beside what it needs to translate."""

from keras_s2s.layers import LocalAttention
from keras_s2s.layers.attention import Attention
from keras_s2s.score_formula import score_formula_of

_GATES = {"simple_rnn": None, "gru": ["update", "reset", "candidate"],
          "lstm": ["input", "forget", "candidate", "output"]}
_OF_STEP = ("input_embedding", "query", "scores", "context", "attention_vector")


def encoder_tensors(found):
    """The intermediates of `Seq2Seq.encode` as nested dicts: `embeddings`, `values`, `states.layer_0.forward` ..."""
    return {"embeddings": found["embeddings"], "values": found["values"],
            "states": {f"layer_{index}": layer for index, layer in enumerate(found["states"])}}


def step_tensors(found, cell):
    """The intermediates of `Decoder.step` as nested dicts: `query`, `gates.layer_0.update` ...; those that there are.

    Args:
        found: dict.
        cell: the decoder's. The simple recurrent cell has no gates.
    """
    tensors = {name: found[name] for name in _OF_STEP if found[name] is not None}
    return tensors if cell == "simple_rnn" else {**tensors, "gates": found["gates"]}


def reads_the_source_mask(decoder):
    """Whether the attention needs to know what was read, also where some of it is muted; see `Attention.align`."""
    return decoder.attends and type(decoder.attention).align is not Attention.align


def trace_description(model):
    """What a trace says of a model, and how it is read, as JSON types.

    Returns:
        dict of the trace's `attend_order`, `context_use`, `readout`, `cell` and `score_formula`; `layers`, the names of
        the decoder's layers; `encoder_layers`, those of the encoder; `directions`, in which it reads; `gates`, their
        names, or `None`; `first_input`, see `Decoder`; `sums_to_less`, whether the attention's own rows may add up to
        less than 1.
    """
    decoder, encoder = model.decoder, model.encoder
    order = decoder.attend if decoder.attends else None
    return {
        "attend_order": order,
        "context_use": decoder.context if order is None else "input_feeding" if decoder.input_feeding else None,
        "readout": decoder.readout.kind, "cell": decoder.options["cell"],
        "score_formula": score_formula_of(decoder.attention) if decoder.attends else None,
        "layers": decoder.stack.layer_names, "encoder_layers": [layer.name for layer in encoder.stack],
        "directions": [recurrence.name for recurrence in encoder.stack[0].recurrences],
        "gates": _GATES[decoder.options["cell"]],
        "first_input": decoder.first_input,
        "sums_to_less": decoder.attends and isinstance(decoder.attention, LocalAttention)}
