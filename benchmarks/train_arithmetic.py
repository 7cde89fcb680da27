"""How many floating-point operations the matrix products of training need."""


def matrix_operations(sizes: dict[str, int], work: dict[str, int], padding: bool = True) -> int:
    """Operations, two for a multiplication and its addition, of all matrix products of some training steps.

    Backward each product has two of the same size: one for the gradient of its input, one for that of its weights (or
    of its other input). What is not a product, the nonlinearities, softmax, dropout and the optimizer, is left out.

    Args:
        sizes: As `peer_weights.sizes` gives them.
        work: As `train_job.work` gives it.
        padding: Whether padding is computed, too. Default: True.
    """
    units, embedding = sizes["units"], sizes["embedding"]
    kind = "positions" if padding else "tokens"
    source, target, pairs = (work[f"{name}_{kind}"] for name in ("source", "target", "pairs_of"))
    half = units // 2
    forward = {
        "encoder": source * 2 * (embedding + half) * 3 * half,
        "bridge": work["rows"] * units * units,
        "keys": source * units * units,
        "decoder": target * (embedding + units) * 3 * units,
        "queries": target * units * units,
        "scores": pairs * units,
        "contexts": pairs * units,
        "combination": target * 2 * units * units,
        "output": target * units * sizes["target_vocabulary"]}
    return 3 * 2 * sum(forward.values())
