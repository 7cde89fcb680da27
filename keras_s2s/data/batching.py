"""Pairs of texts to batches for `fit`."""

import numpy as np
import tensorflow as tf

from keras_s2s.errors import UserError
from keras_s2s.ids import END_ID, START_ID

# Texts are tokenised this many at a time: enough for speed, little enough for memory.
_CHUNK = 20_000


def tokenize_all(tokenizer, texts, max_tokens=None):
    """Ragged int32 ids `(texts, tokens)` of a list of texts, without start and end."""
    chunks = [tokenizer.tokenize(tf.constant(texts[start:start + _CHUNK], tf.string), max_tokens)[0]
              for start in range(0, len(texts), _CHUNK)]
    return tf.concat(chunks, axis=0) if chunks else tf.RaggedTensor.from_row_lengths(tf.zeros([0], tf.int32), [])


def batches(pairs, source, target, batch_size=64, max_source_tokens=None, max_target_tokens=None,
            bucket_width=4, shuffle=True, seed=1):
    """Pairs of texts to a `tf.data.Dataset` for `fit`: `tokenized_pairs` and `batch_dataset` in one."""
    source_ids, target_ids = tokenized_pairs(pairs, source, target, max_source_tokens, max_target_tokens)
    return batch_dataset(source_ids, target_ids, batch_size, bucket_width, shuffle, seed)


def tokenized_pairs(pairs, source, target, max_source_tokens=None, max_target_tokens=None):
    """Ids of the pairs that can be used.

    Args:
        pairs: list of `(source text, target text)`.
        source, target: adapted tokenizers.
        max_source_tokens, max_target_tokens: int or `None`. Longer pairs are left out, as are pairs with an empty
            side. Defaults to no limit.

    Returns:
        `(source ids, target ids)`: ragged int32 `(pairs, tokens)`, without start and end.

    Raises:
        UserError: where no pair is left.
    """
    pairs = list(pairs)
    source_ids = tokenize_all(source, [pair[0] for pair in pairs])
    target_ids = tokenize_all(target, [pair[1] for pair in pairs])
    source_lengths, target_lengths = source_ids.row_lengths(), target_ids.row_lengths()
    keep = tf.logical_and(source_lengths > 0, target_lengths > 0)
    if max_source_tokens is not None:
        keep = tf.logical_and(keep, source_lengths <= max_source_tokens)
    if max_target_tokens is not None:
        keep = tf.logical_and(keep, target_lengths <= max_target_tokens)
    count = int(tf.reduce_sum(tf.cast(keep, tf.int32)))
    if not count:
        raise UserError(f"none of the {len(pairs)} pairs can be used",
                        f"Expected pairs with 1 to {max_source_tokens or 'any number of'} source tokens and 1 to "
                        f"{max_target_tokens or 'any number of'} target tokens",
                        "Check the data with `keras-s2s inspect FILE`, or raise data.max_source_tokens")
    return tf.ragged.boolean_mask(source_ids, keep), tf.ragged.boolean_mask(target_ids, keep)


def batch_dataset(source_ids, target_ids, batch_size=64, bucket_width=4, shuffle=True, seed=1):
    """Batches of similar length, right-padded.

    Args:
        source_ids, target_ids: see `tokenized_pairs`.
        batch_size: int. Pairs a batch. Defaults to 64.
        bucket_width: int. Pairs whose longer side falls into the same span of so many tokens go together.
            Defaults to 4.
        shuffle: bool. Another order in every epoch, the same for the same seed. Defaults to `True`.
        seed: int. Defaults to 1.

    Returns:
        dataset of `({"source": (B, Tx), "target_input": (B, Ty)}, (B, Ty))`, int32: a source ends with the end
        token, `target_input` begins with the start token, the labels end with the end token.
    """
    dataset = tf.data.Dataset.from_tensor_slices((source_ids, target_ids))
    if shuffle:
        dataset = dataset.shuffle(source_ids.shape[0] or 1, seed=seed, reshuffle_each_iteration=True)

    def example(source_row, target_row):
        inputs = {"source": tf.concat([source_row, [END_ID]], 0),
                  "target_input": tf.concat([[START_ID], target_row], 0)}
        return inputs, tf.concat([target_row, [END_ID]], 0)

    lengths = 1 + tf.maximum(source_ids.row_lengths(), target_ids.row_lengths()).numpy()
    boundaries = list(range(bucket_width + 1, int(lengths.max()) + 1, bucket_width))
    dataset = dataset.map(example, num_parallel_calls=2, deterministic=True)
    dataset = dataset.bucket_by_sequence_length(
        lambda inputs, labels: tf.maximum(tf.shape(inputs["source"])[0], tf.shape(labels)[0]),
        boundaries, [batch_size] * (len(boundaries) + 1))
    pairs_by_bucket = np.bincount(np.searchsorted(boundaries, lengths, side="right"))
    number_of_batches = int(np.ceil(pairs_by_bucket / batch_size).sum())
    return dataset.apply(tf.data.experimental.assert_cardinality(number_of_batches)).prefetch(4)
