"""How often the decoder reads its own predictions in training."""

import numpy as np

# How steep the s-shaped curve is: at the beginning and the end it is nearly level.
_STEEPNESS = 12.0


def sampling_rates(schedule, final_rate, first_step, steps, total_steps):
    """The share of sampled tokens, batch by batch, for scheduled sampling (Bengio et al. 2015, section 2.4).

    With p the share of the training that is over, 1 - rate(p) falls like their probability of the true token:

        "linear"           rate = final_rate * p
        "exponential"      rate = 1 - (1 - final_rate)^p
        "inverse_sigmoid"  rate = final_rate * s(p), s a sigmoid from 0 to 1

    Args:
        schedule: see above, or `"none"`.
        final_rate: float, the rate at the end.
        first_step, steps: the batches to give rates for.
        total_steps: int. Batches of the whole training.

    Returns:
        array of `steps` floats, or `None` for `"none"`.
    """
    if schedule == "none":
        return None
    share = np.minimum((first_step + np.arange(steps)) / max(total_steps, 1), 1.0)
    if schedule == "linear":
        return final_rate * share
    if schedule == "exponential":
        return 1.0 - (1.0 - final_rate) ** share
    curve = [1.0 / (1.0 + np.exp(-_STEEPNESS * (point - 0.5))) for point in (share, 0.0, 1.0)]
    return final_rate * (curve[0] - curve[1]) / (curve[2] - curve[1])
