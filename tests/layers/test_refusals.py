"""What does not go together is refused at construction: what was given, what was expected, what to do."""

import pytest

from keras_s2s.layers import (
    AttentionDecoder,
    BahdanauAttention,
    CopyBridge,
    EncoderLayer,
    LocalAttention,
    LocationAttention,
    LuongAttention,
    Recurrence,
    RNNDecoder,
    RNNEncoder,
)
from keras_s2s.model import Seq2Seq


def decoder(**options):
    return AttentionDecoder(12, 6, **{"attention": BahdanauAttention(6), **options})


def built(layer, *shapes):
    layer.build(*shapes)


VALUES_OF_4 = {"values": (None, None, 4)}
REFUSALS = {
    "cell": (lambda: Recurrence(3, "rnn"), "'rnn'.*'gru', 'lstm', 'simple_rnn'.*Choose"),
    "cell of an encoder": (lambda: RNNEncoder(5, cell="rnn"), "'rnn'.*'gru'.*Choose"),
    "cell of a decoder": (lambda: decoder(cell="rnn"), "'rnn'.*'gru'.*Choose"),
    "direction": (lambda: RNNEncoder(5, direction="backwards"), "'backwards'.*'forward', 'backward', .*Choose"),
    "merge": (lambda: EncoderLayer(5, merge="mean"), "'mean'.*'concatenate', 'sum'.*Choose"),
    "place of dropout": (lambda: RNNEncoder(5, dropout={"states": 0.1}), "'states'.*'embeddings', 'inputs', .*Choose"),
    "rate of dropout": (lambda: decoder(dropout=1.0), "1.0.*below 1.*Give 0.3"),
    "negative dropout": (lambda: decoder(dropout={"recurrent": -0.1}), "-0.1.*at least 0.*Give 0.3"),
    "score": (lambda: LuongAttention(3, "additive"), "'additive'.*'general', 'dot', 'scaled_dot', 'concat'.*Choose"),
    "units of an attention": (lambda: built(LuongAttention(3), (None, 6), VALUES_OF_4), "units=3.*width 6.*units=6"),
    "width for dot": (lambda: built(LuongAttention(6, "dot"), (None, 6), VALUES_OF_4),
                      "'dot'.*width 4.*width 6.*score='general'"),
    "window": (lambda: LocalAttention(3, window=0), "window=0.*at least 1.*window=10"),
    "kernel size": (lambda: LocationAttention(3, kernel_size=4), "kernel_size=4.*odd.*Use 5"),
    "no attention": (lambda: decoder(attention=None), "no attention.*Attention layer.*RNNDecoder"),
    "attend": (lambda: decoder(attend="during"), "'during'.*'after' or 'before'.*Choose"),
    "readout": (lambda: decoder(readout="shallow"), "'shallow'.*'attention_vector', 'deep', 'state'.*Choose"),
    "no context, after": (lambda: decoder(readout="state"), "readout='state'.*'after'.*attend='before'.*Choose"),
    "no context, fed": (lambda: decoder(readout="state", attend="before", input_feeding=True),
                        "input_feeding=True.*without input feeding.*Choose"),
    "first input": (lambda: decoder(first_input="zero"), "'zero'.*'start', 'end'.*Choose"),
    "tied output": (lambda: decoder(tie_output=True, attend="before", readout="state", embedding_units=5),
                    "6 units and embeddings of 5.*equal.*Change one"),
    "context": (lambda: RNNDecoder(12, 6, "last"), "'last'.*'initial', 'every_step', 'both'.*Choose"),
    "summary": (lambda: RNNDecoder(12, 6, "both", summary="max"), "'max'.*'last', 'dense', 'mean'.*Choose"),
    "unread summary": (lambda: RNNDecoder(12, 6, summary="mean"), "'mean'.*context='initial'.*'every_step' or 'both'"),
    "attention vector without attention": (lambda: RNNDecoder(12, 6, readout="attention_vector"),
                                           "'attention_vector'.*no attention.*'state' or 'deep'"),
    "bridge": (lambda: Seq2Seq(RNNEncoder(5), decoder(), bridge="none"), "'none'.*'dense', 'copy', .*Choose"),
    "unread bridge": (lambda: Seq2Seq(RNNEncoder(5), RNNDecoder(12, 6, "every_step"), bridge="dense"),
                      "every step only.*DenseBridge.*'zero'.*context='both'"),
    "width for copy": (lambda: built(CopyBridge(6), {"layer_0": {"hidden": (None, 4)}}, (None, None, 4)),
                       "width 4.*layer_0.*width 6.*equal.*bridge='dense'"),
    "vocabularies": (lambda: Seq2Seq(RNNEncoder(11, 3, 6), decoder(), tie_embeddings=True),
                     "11 tokens and embeddings of 6.*12 and 6.*the same.*one tokenizer"),
    "features": (lambda: Seq2Seq(RNNEncoder(None, 3, 6), decoder(), tie_embeddings=True), "None tokens.*the same"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_refused(name):
    make, message = REFUSALS[name]
    with pytest.raises(ValueError, match=f"(?s){message}"):
        make()
