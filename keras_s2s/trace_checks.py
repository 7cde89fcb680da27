"""What was read from a file as a trace, held against what a trace is."""

import dataclasses


def check_trace(trace):
    """Refuses a `Trace` that is none. Shapes of its tensors are not looked at, but for those of the attention.

    Raises:
        TypeError, ValueError, KeyError: they say which field is wrong.
    """
    _check_fields(trace, "it")
    for place, step in enumerate(trace.steps):
        _check_fields(step, f"step {place}")
    source, positions = trace.source, len(trace.source_embeddings)
    for name, kind in (("text", str | None), ("tokens", list | None), ("picture", str | None)):
        _check("source", name, source[name], kind)
    for name, tokens in (("source.tokens", source["tokens"] or []), ("target_tokens", trace.target_tokens)):
        if not all(isinstance(token, str) for token in tokens):
            raise TypeError(f"not all of {name} are strings")
    if len(trace.target_tokens) != len(trace.steps):
        raise ValueError(f"it has {len(trace.target_tokens)} target_tokens and {len(trace.steps)} steps")
    if source["tokens"] is not None and len(source["tokens"]) != positions:
        raise ValueError(f"it has {len(source['tokens'])} source tokens and {positions} source_embeddings")
    for place, step in enumerate(trace.steps):
        shape = None if step.weights is None else step.weights.shape
        if shape != (None if trace.attend_order is None else (positions,)):
            raise ValueError(f"step {place} has weights of the shape {shape} for {positions} source positions")


def _check_fields(described, owner):
    for field in dataclasses.fields(described):
        _check(owner, field.name, getattr(described, field.name), field.type)


def _check(owner, name, value, kind):
    if not isinstance(value, kind):
        raise TypeError(f"{owner} has a {name} that is a {type(value).__name__}")
