"""Refuses losses and metrics that would take logits for probabilities."""

import inspect

import keras

# Names that `compile` knows in place of one of the cross-entropies from probabilities, but not `keras.metrics.get`.
_SHORT_NAMES = ("crossentropy", "ce")


def check_takes_logits(objects, kind):
    """Raises `ValueError` where a Keras loss or metric would read our logits as probabilities.

    Keras' cross-entropies expect probabilities unless told otherwise, and compute something wrong without any
    error when they get logits: training still converges, only worse.

    Args:
        objects: what was given to `compile`: a name, an object, a function, or a list or dict of them.
        kind: `"loss"` or `"metric"`.
    """
    for item in keras.tree.flatten(objects):
        resolved = item
        if item in _SHORT_NAMES:
            resolved = keras.losses.sparse_categorical_crossentropy
        elif isinstance(item, str):
            try:
                resolved = keras.losses.get(item) if kind == "loss" else keras.metrics.get(item)
            except ValueError:
                continue  # Keras itself says what is wrong with the name.
        if _takes_probabilities(resolved):
            name = item if isinstance(item, str) else getattr(item, "__name__", type(item).__name__)
            raise ValueError(
                f"The {kind} {name!r} takes probabilities, but Seq2Seq returns logits. Expected a {kind} with "
                f"from_logits=True. Leave the {kind} out for the recommended one, or pass an object built with "
                "from_logits=True.")


def _takes_probabilities(item):
    if isinstance(item, (keras.losses.Loss, keras.metrics.Metric)):
        config = item.get_config()
        if "from_logits" in config:
            return not config["from_logits"]
        function = getattr(item, "fn", None) or getattr(item, "_fn", None)
        given = getattr(item, "_fn_kwargs", None) or {}
        return bool(function) and not given.get("from_logits", not _defaults_to_probabilities(function))
    return callable(item) and _defaults_to_probabilities(item)


def _defaults_to_probabilities(function):
    try:
        parameter = inspect.signature(function).parameters.get("from_logits")
    except (TypeError, ValueError):
        return False
    return parameter is not None and parameter.default is False
