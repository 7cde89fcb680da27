"""From attention to words: word alignments, and source words in place of unknown tokens."""

from collections.abc import Iterable, Sequence

import numpy as np

from keras_s2s.errors import UserError
from keras_s2s.text.words import UNKNOWN_TOKEN, Span, word_texts

Link = tuple[int, int]


def word_matrix(attention, source_words: Sequence[Span], target_words: Sequence[Span]) -> np.ndarray:
    """Attention between words: how much a target word looks at a source word.

    The sum over the tokens of the source word, the mean over those of the target word (Koehn and Knowles 2017, section
    3.5). A row sums to 1 where no weight lies on the end token or on spaces, which belong to no word.

    Args:
        attention: (target tokens, source tokens) weights.
        source_words, target_words: The tokens of each word, from `Tokenizer.words` of the two tokenizers.

    Returns:
        float64 array (target words, source words).

    Raises:
        UserError: The attention is no matrix of finite numbers, or a word lies outside of it.

    >>> word_matrix([[0.5, 0.5, 0.0], [0.25, 0.25, 0.5]], [(0, 2), (2, 3)], [(0, 2)]).tolist()
    [[0.75, 0.25]]
    """
    weights = _checked(attention, source_words, target_words)
    matrix = np.zeros((len(target_words), len(source_words)))
    for row, (target_start, target_end) in enumerate(target_words):
        looks = weights[target_start:target_end].mean(axis=0)
        matrix[row] = [looks[start:end].sum() for start, end in source_words]
    return matrix


def word_alignment(attention, source_words: Sequence[Span], target_words: Sequence[Span]) -> list[Link]:
    """The source word that each target word looks at most.

    Weights are added up to words first and compared then. (Garg et al. 2019 compare token by token, and link two words
    where any of their tokens are linked: several links a target word.)

    Args:
        attention, source_words, target_words: see `word_matrix`.

    Returns:
        `(source word, target word)` for each target word in order, counted from 0; of equal weights the first source
        word. No link for a target word without any weight on a source word, and so none without attention.

    Raises:
        UserError: as for `word_matrix`.

    >>> word_alignment([[0.1, 0.9], [0.7, 0.3], [0.0, 0.0]], [(0, 1), (1, 2)], [(0, 1), (1, 2), (2, 3)])
    [(1, 0), (0, 1)]
    """
    matrix = word_matrix(attention, source_words, target_words)
    return [(int(row.argmax()), target) for target, row in enumerate(matrix) if row.any()]


def pharaoh(links: Iterable[Link]) -> str:
    """Links in the format of Pharaoh and Moses, as aligners write it: `source-target`, counted from 0, sorted.

    >>> pharaoh([(1, 0), (0, 1)])
    '0-1 1-0'
    """
    return " ".join(f"{source}-{target}" for source, target in sorted(links))


def replace_unknown(tokens: Sequence[str], source_tokens: Sequence[str], attention,
                    source_words: Sequence[Span]) -> list[str]:
    """Puts the source word that it looked at most in the place of each unknown target token.

    For word tokenizers, whose unknown words are often names and numbers, the same in both languages (Luong et al.
    2015, "Addressing the rare word problem"; by attention as in Jean et al. 2015, section 3.3, without a dictionary).
    Between characters give each source token as a word. The text of the tokens is the target tokenizer's:

        tokens = replace_unknown(answer.tokens, answer.source_tokens, answer.attention,
                                 translator.source.words(answer.source_tokens))
        text = translator.target.join(tf.ragged.constant([without_end(tokens)], tf.string))

    Args:
        tokens: Target tokens, `"<unk>"` where unknown.
        source_tokens: Source tokens as they were read, known or not.
        attention: (target tokens, source tokens) weights.
        source_words: The tokens of each source word, from `Tokenizer.words`; the end token is in none, and so is
            never copied.

    Returns:
        As many tokens. A token without any weight on a source word stays `"<unk>"`.

    Raises:
        UserError: The attention's shape is not that of the tokens, or as for `word_matrix`.

    >>> replace_unknown(["<unk>", "eats"], ["mange", "Zoé"], [[0.2, 0.8], [0.9, 0.1]], [(0, 1), (1, 2)])
    ['Zoé', 'eats']
    """
    expected = (len(tokens), len(source_tokens))
    if np.shape(attention) != expected:
        raise UserError(f"the attention's shape is {np.shape(attention)}",
                        f"expected (target tokens, source tokens), here {expected}",
                        "give the tokens and the attention of one and the same translation, without padding")
    unknown = [place for place, token in enumerate(tokens) if token == UNKNOWN_TOKEN]
    links = word_alignment(attention, source_words, [(place, place + 1) for place in unknown])
    texts = word_texts(source_tokens, source_words)
    replaced = list(tokens)
    for source, target in links:
        replaced[unknown[target]] = texts[source]
    return replaced


def _checked(attention, source_words: Sequence[Span], target_words: Sequence[Span]) -> np.ndarray:
    try:
        weights = np.asarray(attention, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise UserError(f"the attention is no array of numbers ({error})", "expected (target tokens, source tokens)",
                        "give the attention of one translation") from error
    if weights.ndim != 2:
        raise UserError(f"the attention's shape is {weights.shape}", "expected (target tokens, source tokens)",
                        "give the attention of one translation, not of a batch")
    if not np.isfinite(weights).all():
        raise UserError("the attention contains numbers that are not finite", "expected weights between 0 and 1",
                        "look for the model's first loss that is not a number")
    for side, words, length in (("target", target_words, weights.shape[0]), ("source", source_words, weights.shape[1])):
        for start, end in words:
            if not 0 <= start < end <= length:
                raise UserError(f"a {side} word has the tokens from {start} to before {end}",
                                f"expected places among the attention's {length} {side} tokens",
                                f"take the words of this translation's tokens from the {side} tokenizer")
    return weights
