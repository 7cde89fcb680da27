"""Where encoder and decoder drop units in training."""

PLACES = ("embeddings", "inputs", "outputs", "recurrent")


def dropout_rates(dropout):
    """The rate at each place, from what a user gives.

    `embeddings` are the tokens' vectors; `inputs` what enters a recurrent layer otherwise, that is features, and what
    a layer gives to the one above; `outputs` what the encoder or the decoder's last layer puts out (all three:
    Srivastava et al. 2014, Zaremba et al. 2014); `recurrent` the state, the same units at every step of a sequence
    (Gal and Ghahramani 2016).

    Args:
        dropout: a float for embeddings, inputs and outputs, or a dict of rates by place; what it lacks is 0.

    Returns:
        dict with a rate for each place.

    Raises:
        ValueError: a place or a rate that there is not.
    """
    rates = dropout if isinstance(dropout, dict) else dict.fromkeys(PLACES[:3], dropout)
    unknown = [place for place in rates if place not in PLACES]
    if unknown:
        raise ValueError(f"Unknown place of dropout {unknown[0]!r}. Expected some of {PLACES}. Choose one of these.")
    if not all(0.0 <= rate < 1.0 for rate in rates.values()):
        raise ValueError(f"Got dropout {dropout!r}. Expected rates of at least 0, below 1. Give 0.3, for example.")
    return {place: float(rates.get(place, 0.0)) for place in PLACES}
