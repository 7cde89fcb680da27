"""What an attention is called."""

from keras_s2s.layers import BahdanauAttention, CoverageAttention, LocalAttention, LocationAttention, LuongAttention


def score_formula_of(attention):
    """The attention's name, as a configuration's `model.attention` has it.

    Scores that no configuration offers are named after what they are made of: `"local_dot"`, `"normalized_coverage"`;
    a user's own attention after its class.
    """
    if isinstance(attention, LocalAttention):
        return "local" if attention.score_formula == "general" else f"local_{attention.score_formula}"
    if isinstance(attention, LuongAttention):
        return attention.score_formula
    names = {BahdanauAttention: "bahdanau", CoverageAttention: "coverage", LocationAttention: "location"}
    name = names.get(type(attention), type(attention).__name__)
    return f"normalized_{name}" if getattr(attention, "normalized", False) else name
