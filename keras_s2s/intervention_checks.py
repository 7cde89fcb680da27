"""What a user wants to change in a run, checked."""

import difflib
import re
from collections.abc import Iterable, Mapping

import numpy as np

from keras_s2s.errors import UserError, shortened
from keras_s2s.ids import PADDING_ID, START_ID

_SURE = 1e-6  # rows that add up to 1 but for rounding errors stay as they are


def checked_force(force, vocabulary, prefix_length):
    """`{step: id}` of `{step: token}`.

    Args:
        force: dict of steps, from 0, to target tokens, or `None`.
        vocabulary: list of strings, the target's.
        prefix_length: int. How many steps a prefix takes already.
    """
    ids = {token: index for index, token in enumerate(vocabulary) if index not in (PADDING_ID, START_ID)}
    found = {}
    for step, token in _by_step("force", force).items():
        if not isinstance(token, str) or token not in ids:
            near = difflib.get_close_matches(token[:80], ids, n=3, cutoff=0.5) if isinstance(token, str) else []
            raise UserError(f"{shortened(token)} is to be written in step {shortened(step)}",
                            "expected a token of the target's vocabulary",
                            f"choose one such as {', '.join(map(repr, near))}" if near else
                            "choose one of Translator.target.get_vocabulary()")
        if step < prefix_length:
            raise UserError(f"step {shortened(step)} of force, where the prefix says what is written",
                            f"expected a step from {prefix_length} on", "change the prefix in its place")
        found[step] = ids[token]
    return found


def checked_rows(rows, positions, sums_to_less):
    """`{step: (positions,) float32}` of `{step: weights}`, each row made to add up to 1.

    Args:
        rows: dict of steps, from 0, to weights over the source positions, or `None`.
        positions: int. The number of source positions.
        sums_to_less: bool. Whether the attention's own rows may add up to less than 1: such rows stay as they are.
    """
    found = {}
    for step, row in _by_step("attention", rows).items():
        try:
            row = np.asarray(row, "float64")
        except (TypeError, ValueError, OverflowError):
            row = np.zeros((0, 0))
        if row.shape != (positions,):
            raise UserError(f"the attention row for step {shortened(step)} has the shape {row.shape}",
                            f"expected {positions} numbers, one for each source token, the end token included",
                            "see source['tokens'] of the trace")
        if not np.isfinite(row).all() or (row < 0).any() or not row.any():
            raise UserError(f"the attention row for step {shortened(step)} is no set of weights",
                            "expected finite numbers of at least 0, one of them above 0", "mend the row")
        shares = row / row.max()  # whose sum is no number too large
        total = float(row.max()) * float(shares.sum())
        keep = abs(total - 1) < _SURE or (sums_to_less and total < 1)
        found[step] = (row if keep else shares / shares.sum()).astype("float32")
    return found


def checked_mute(mute, tokens):
    """Source positions to be muted, sorted.

    Args:
        mute: a position from 0, several, or `None`.
        tokens: the source's tokens.
    """
    found = set()
    for place in _listed(mute):  # one by one: a range may be endless
        if not _is_whole(place) or not 0 <= place < len(tokens):
            raise UserError(f"source position {shortened(place)} is to be muted",
                            f"expected a whole number from 0 to {len(tokens) - 1}", "see source['tokens'] of the trace")
        found.add(int(place))
    muted = tuple(sorted(found))
    if len(muted) == len(tokens):
        raise UserError("all source positions are to be muted", "expected one that is left to look at",
                        "mute fewer of them")
    return muted


def swapped(text, swap):
    """The text with other words.

    Args:
        text: string.
        swap: dict of words to words, whose every occurrence is replaced (as a whole word, where there are such); or the
            whole new text; or `None`.
    """
    if swap is None or isinstance(swap, str):
        return text if swap is None else swap
    if not isinstance(swap, Mapping) or not all(isinstance(word, str) for pair in swap.items() for word in pair):
        raise UserError(f"swap={shortened(swap)}", "expected {'word': 'other word'}, or the whole new text",
                        "give one of these")
    for word in swap:
        if not word or word not in text:
            raise UserError(f"the word {shortened(word)} is to be swapped", "expected a word of the text",
                            "write it as the text has it")
    if not swap:
        return text
    # In one go, so that two words can change places. Scripts without spaces have no words between borders.
    borders = [(word, rf"(?<!\w){re.escape(word)}(?!\w)") for word in sorted(swap, key=len, reverse=True)]
    patterns = [border if re.search(border, text) else re.escape(word) for word, border in borders]
    return re.sub("|".join(patterns), lambda found: swap[found[0]], text)


def check_together(rows, muted, attends):
    """Refuses what cannot be done at the same time, or not with this model."""
    if (rows or muted) and not attends:
        raise UserError("this model has no attention to change", "expected force or swap, or a model with attention",
                        "use another model; without attention the source reaches the decoder as one vector, in which "
                        "no token can be muted")
    for step, row in rows.items():
        if row[list(muted)].any():
            raise UserError(f"the attention row for step {shortened(step)} looks at a muted position",
                            "expected 0 there", "mute another position, or set its weight to 0")


def _by_step(name, given):
    given = {} if given is None else given
    if not isinstance(given, Mapping):
        raise UserError(f"{name}={shortened(given)}", "expected a dict of steps", f"for example {name}={{2: ...}}")
    for step in given:
        if not _is_whole(step) or step < 0:
            raise UserError(f"step {shortened(step)} of {name}", "expected a whole number from 0 on",
                            "count the target's tokens from 0")
    return {int(step): value for step, value in given.items()}


def _listed(mute):
    """The positions, where one is given or several."""
    if isinstance(mute, np.ndarray):
        mute = mute.tolist()  # a number where the array is one
    if mute is None:
        return ()
    return mute if isinstance(mute, Iterable) else (mute,)


def _is_whole(number):
    return isinstance(number, int | np.integer) and not isinstance(number, bool)
