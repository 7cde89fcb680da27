"""Pairs of texts to batches for `fit`."""

import itertools

import numpy as np
import tensorflow as tf

from keras_s2s.batches import in_parallel
from keras_s2s.data.batch_plan import plan_batches
from keras_s2s.errors import UserError
from keras_s2s.ids import END_ID, START_ID

# Texts are tokenised this many at a time: enough for speed, little enough for memory.
_CHUNK = 20_000


def tokenize_all(tokenizer, texts, max_tokens=None):
    """Ragged int32 ids `(texts, tokens)` of a list of texts, without start and end."""
    starts = [texts[start:start + _CHUNK] for start in range(0, len(texts), _CHUNK)]
    chunks = [ids for _, ids in in_parallel(
        lambda chunk: tokenizer.tokenize(tf.constant(chunk, tf.string), max_tokens)[0], starts)]
    return tf.concat(chunks, axis=0) if chunks else tf.RaggedTensor.from_row_lengths(tf.zeros([0], tf.int32), [])


def batches(pairs, source, target, batch_size=64, max_source_tokens=None, max_target_tokens=None, batch_tokens=None,
            shuffle=True, seed=1):
    """Pairs of texts to a `tf.data.Dataset` for `fit`.

    Args:
        pairs, source, target, max_source_tokens, max_target_tokens: see `tokenized_pairs`.
        batch_size, batch_tokens: see `plan_batches`.
        shuffle: bool. Another order in every epoch, the same for the same seed. Defaults to `True`.
        seed: int. Defaults to 1.

    Returns:
        dataset, see `batch_dataset`.
    """
    source_ids, target_ids = tokenized_pairs(pairs, source, target, max_source_tokens, max_target_tokens)
    lengths = source_ids.row_lengths().numpy(), target_ids.row_lengths().numpy()
    epochs = itertools.count()

    def plan():
        yield from plan_batches(*lengths, batch_size, batch_tokens, seed=(seed, next(epochs)) if shuffle else None)

    rows = tf.data.Dataset.from_generator(plan, output_signature=tf.TensorSpec([None], tf.int64))
    dataset = rows.map(lambda own: batch_of(source_ids, target_ids, own), num_parallel_calls=2, deterministic=True)
    # The number is that of the first epoch: with `batch_tokens` others may have some more or fewer.
    if batch_tokens is None:
        dataset = dataset.apply(tf.data.experimental.assert_cardinality(-(-len(lengths[0]) // batch_size)))
    return dataset.prefetch(4)


def tokenized_pairs(pairs, source, target, max_source_tokens=None, max_target_tokens=None):
    """Ids of the pairs that can be used, as `usable_pairs`: `(source ids, target ids)`."""
    return usable_pairs(pairs, source, target, max_source_tokens, max_target_tokens)[:2]


def usable_pairs(pairs, source, target, max_source_tokens=None, max_target_tokens=None):
    """Ids of the pairs that can be used, and which these are.

    Args:
        pairs: list of `(source text, target text)`.
        source, target: adapted tokenizers.
        max_source_tokens, max_target_tokens: int or `None`. Longer pairs are left out, as are pairs with an empty
            side. Defaults to no limit.

    Returns:
        `(source ids, target ids, rows, left out)`: ragged int32 `(pairs, tokens)`, without start and end; the places
        of these pairs in the list; dict, why others were left out to how many, each counted once.

    Raises:
        UserError: where no pair is left.
    """
    pairs = list(pairs)
    ids = [tokenize_all(tokenizer, [pair[side] for pair in pairs]) for side, tokenizer in enumerate((source, target))]
    lengths = [own.row_lengths().numpy() for own in ids]
    keep = np.ones(len(pairs), bool)
    left_out: dict[str, int] = {}
    most = [limit or np.inf for limit in (max_source_tokens, max_target_tokens)]
    for reason, bad in (("with an empty side", (lengths[0] == 0) | (lengths[1] == 0)),
                        (f"with more than {max_source_tokens} source tokens", lengths[0] > most[0]),
                        (f"with more than {max_target_tokens} target tokens", lengths[1] > most[1])):
        if count := int((keep & bad).sum()):
            left_out[reason] = count
        keep &= ~bad
    if not keep.any():
        raise UserError(f"none of the {len(pairs)} pairs can be used",
                        f"Expected pairs with 1 to {max_source_tokens or 'any number of'} source tokens and 1 to "
                        f"{max_target_tokens or 'any number of'} target tokens",
                        "Check the data with `keras-s2s inspect FILE`, or raise data.max_source_tokens")
    ids = [own if keep.all() else tf.ragged.boolean_mask(own, keep) for own in ids]
    return *ids, np.flatnonzero(keep), left_out


def batch_dataset(source_ids, target_ids, plan, first=0, augment=None):
    """The batches of one epoch, right-padded.

    Args:
        source_ids, target_ids: see `tokenized_pairs`.
        plan: list of arrays of row numbers, see `plan_batches`.
        first: int. The batch to begin with, for a run that goes on. Defaults to 0.
        augment: `Augmentation` or `None`.

    Returns:
        dataset of `({"source": (B, Tx), "target_input": (B, Ty)}, (B, Ty))`, int32: a source ends with the end
        token, `target_input` begins with the start token, the labels end with the end token.
    """
    rows = tf.constant(np.concatenate(plan), tf.int64)
    bounds = tf.constant(np.cumsum([0, *(len(own) for own in plan)]), tf.int64)

    def batch(place):
        inputs, labels = batch_of(source_ids, target_ids, rows[bounds[place]:bounds[place + 1]])
        return inputs if augment is None else augment(inputs, place), labels

    places = tf.data.Dataset.range(first, len(plan))
    return places.map(batch, num_parallel_calls=2, deterministic=True).prefetch(4)


def batch_of(source_ids, target_ids, rows):
    """The batch of these rows: `(inputs, labels)`, see `batch_dataset`."""
    source, labels = (_ended(tf.gather(ids, rows)) for ids in (source_ids, target_ids))
    start = tf.fill([tf.shape(rows)[0], 1], START_ID)
    read = tf.concat([start, labels[:, :-1]], 1)
    return {"source": source, "target_input": tf.where(read == END_ID, 0, read)}, labels


def _ended(ids):
    """Ragged ids -> a tensor, each row with the end token and then padding."""
    padded = tf.pad(ids.to_tensor(), [[0, 0], [0, 1]])
    lengths = tf.cast(ids.row_lengths(), tf.int32)[:, None]
    return tf.where(tf.range(tf.shape(padded)[1])[None] == lengths, END_ID, padded)
