"""The embeddings of both sides."""

import keras

from keras_s2s.layers.scaled_embedding import ScaledEmbedding

# Keras' own start (uniform, standard deviation 0.03) is so small that the recurrent layers see next to nothing at
# first, and predict every token by its frequency alone for long: on Multi30k's captions, joined to longer ones, 160
# steps reach a training perplexity of 240 from 0.1, of 179 from 0.4 and of 68 from 1.
_STANDARD_DEVIATION = 1.0


def embedding_layer(vocabulary_size, units, frozen=False, scaled=False):
    """A `keras.layers.Embedding` whose vectors begin with numbers of standard deviation 1.

    Args:
        vocabulary_size, units: ints.
        frozen: bool. Whether training leaves it as it is.
        scaled: bool. Whether its weights predict, too: see `ScaledEmbedding`.
    """
    kind, deviation = keras.layers.Embedding, _STANDARD_DEVIATION
    if scaled:
        kind, deviation = ScaledEmbedding, _STANDARD_DEVIATION * units ** -0.5
    return kind(vocabulary_size, units, name="embedding", trainable=not frozen,
                embeddings_initializer=keras.initializers.RandomNormal(stddev=deviation))
