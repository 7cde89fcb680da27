"""Compares answers of two runtimes by the rule of near ties."""

import numpy as np
import tensorflow as tf

TIE = 1e-4
ATTENTION = 1e-4
LOG_PROB = 1e-3


def assert_same_answers(translator, python, others, capsys=None, allowed=0.001):
    """Same tokens for every text, attention within 1e-4, log-probabilities within 1e-3.

    Tokens may differ where Python's own two best candidates at the first difference lie within 1e-4; these are
    counted, printed, and at most `allowed` of all texts.

    Args:
        translator: the Python side.
        python: its `Translation`s.
        others: dicts with `text`, `tokens`, `source_tokens`, `attention`, `token_log_probs`.
    """
    assert len(others) == len(python)
    ties = []
    for answer, other in zip(python, others, strict=True):
        assert list(other["source_tokens"]) == answer.source_tokens, answer.source[:80]
        if list(other["tokens"]) != answer.tokens:
            gap = gap_at_first_difference(translator, answer, list(other["tokens"]))
            assert gap <= TIE, f"{answer.source[:80]!r}: {answer.tokens} is not {other['tokens']}, gap {gap}"
            ties.append(answer.source)
            continue
        assert other["text"] == answer.text
        attention = np.asarray(other["attention"], "float32").reshape(answer.attention.shape)
        np.testing.assert_allclose(attention, answer.attention, atol=ATTENTION, err_msg=answer.source[:80])
        np.testing.assert_allclose(other["token_log_probs"], answer.token_log_probs, atol=LOG_PROB,
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
