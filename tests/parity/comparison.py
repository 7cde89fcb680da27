"""Compares answers of two runtimes by the rule of near ties."""

import numpy as np
import tensorflow as tf

TIE = 1e-4
ATTENTION = 1e-4
LOG_PROB = 1e-3


def assert_same_answers(translator, python, others, allowed=0.001, coarser=1.0):
    """Same tokens for every text, attention within 1e-4, log-probabilities within 1e-3.

    Tokens may differ where Python's own two best candidates at the first difference lie within 1e-4; these are
    counted, printed, and at most `allowed` of all texts.

    Args:
        translator: the Python side.
        python: its `Translation`s.
        others: dicts with `text`, `tokens`, `source_tokens`, `attention`, `token_log_probs`.
        allowed: the share of near ties.
        coarser: what the three tolerances are multiplied by.
    """
    assert len(others) == len(python)
    ties = []
    for answer, other in zip(python, others, strict=True):
        assert list(other["source_tokens"]) == answer.source_tokens, answer.source[:80]
        if list(other["tokens"]) != answer.tokens:
            gap = gap_at_first_difference(translator, answer, list(other["tokens"]))
            assert gap <= coarser * TIE, f"{answer.source[:80]!r}: {answer.tokens} is not {other['tokens']}, gap {gap}"
            ties.append(answer.source)
            continue
        assert other["text"] == answer.text
        attention = np.asarray(other["attention"], "float32").reshape(answer.attention.shape)
        np.testing.assert_allclose(attention, answer.attention, atol=coarser * ATTENTION,
                                   err_msg=answer.source[:80])
        np.testing.assert_allclose(other["token_log_probs"], answer.token_log_probs, atol=coarser * LOG_PROB,
                                   err_msg=answer.source[:80])
    if ties:
        print(f"{len(ties)} near ties in {len(python)} texts: {ties}")
    assert len(ties) <= allowed * len(python)


def gap_at_first_difference(translator, answer, tokens):
    """Difference of Python's two largest logits at the first token that differs."""
    place = next((index for index, (a, b) in enumerate(zip(answer.tokens, tokens, strict=False)) if a != b),
                 min(len(answer.tokens), len(tokens)))
    source, _ = translator.graph.encode_source(tf.constant([answer.source.encode("utf-8", errors="replace")]))
    memory, state = translator.model.encode(source)
    token = tf.constant([2])
    vocabulary = {token: index for index, token in enumerate(translator.target.get_vocabulary())}
    for index in range(place + 1):
        logits, state, _ = translator.model.step(token, state, memory)
        if index < place:
            token = tf.constant([vocabulary[answer.tokens[index]]])
    best = np.sort(np.asarray(logits)[0])[-2:]
    return float(best[1] - best[0])


def assert_same_n_best(python, others, allowed=0.001):
    """The same translations of every text in the same order.

    Where they differ, the two at the first such place must have scores within 1e-4; these are counted, printed, and
    at most `allowed` of all texts.

    Args:
        python: `Translation`s.
        others: dicts as of `Translation.to_dict`, with `words`, `source_words`, `truncated`.
        allowed: the share of near ties.
    """
    ties = [answer.source for answer, other in zip(python, others, strict=True) if not is_same_n_best(answer, other)]
    if ties:
        print(f"{len(ties)} near ties in {len(python)} texts: {ties}")
    assert len(ties) <= allowed * len(python)


def is_same_n_best(answer, other):
    """Whether all translations of a text are the same, in the same order; fails where no near tie is to blame."""
    expected, found = answer.n_best or (answer,), other["n_best"] or [other]
    for one, its in zip(expected, found, strict=True):
        if its["tokens"] != one.tokens:
            assert abs(its["score"] - one.score) <= TIE, (answer.source, one.tokens, its["tokens"])
            return False
        assert (its["text"], its["source_tokens"]) == (one.text, one.source_tokens)
        for name in ("score", "log_prob"):
            np.testing.assert_allclose(its[name], getattr(one, name), atol=LOG_PROB, rtol=1e-4)
        np.testing.assert_allclose(its["token_log_probs"], one.token_log_probs, atol=LOG_PROB)
        np.testing.assert_allclose(np.reshape(its["attention"], one.attention.shape), one.attention, atol=ATTENTION)
        described = one.to_dict()
        assert its["alignment"] == described.get("alignment", "")
        assert [tuple(word) for word in its["words"]] == one.words
        assert [tuple(word) for word in its["source_words"]] == one.source_words
        assert its["truncated"] == one.truncated
    assert answer.text == other["text"]
    return True
