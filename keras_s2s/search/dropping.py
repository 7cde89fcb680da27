"""A loop that goes on without the sentences that have ended, under TensorFlow."""

_FEW = 8


def run_dropping(body, fixed, moving, longest, results, first, buffer):
    """As `run_sentences`, under TensorFlow: `(steps, results, buffer)`, `buffer` a TensorArray of the weights.

    The inner loop steps until a quarter of the sentences has ended, the outer one drops these. To drop a few of a few
    costs more than it brings: up to 8 sentences stay together.
    """
    import tensorflow as tf

    # The number of sentences changes; TensorFlow must not take it for known.
    numbers = tf.range(tf.shape(moving["alive"])[0])
    fixed, moving, numbers = tf.nest.map_structure(
        lambda tensor: tf.compat.v1.placeholder_with_default(tensor, [None, *tensor.shape[1:]]),
        (fixed, moving, numbers))

    def going(moving):
        return tf.reduce_any(moving["alive"], axis=1)

    def phase(index, fixed, moving, numbers, places, found, buffer):
        count = tf.shape(numbers)[0]
        enough = tf.where(count > _FEW, 3 * count // 4, 0)

        def most_go_on(index, moving, buffer):
            return tf.logical_and(index < longest, tf.reduce_sum(tf.cast(going(moving), tf.int32)) > enough)

        def step(index, moving, buffer):
            moving, weights = body(index, {**fixed, **moving})
            everywhere = tf.gather(tf.pad(weights, [[0, 1], [0, 0], [0, 0]]), places)  # 0 for those dropped
            return index + 1, moving, buffer.write(index, everywhere)

        index, moving, buffer = tf.while_loop(most_go_on, step, (index, moving, buffer))
        found = {name: tf.tensor_scatter_nd_update(found[name], numbers[:, tf.newaxis], moving[name])
                 for name in results}
        kept = tf.cast(tf.where(going(moving))[:, 0], tf.int32)
        fixed, moving, numbers = tf.nest.map_structure(lambda tensor: tf.gather(tensor, kept),
                                                       (fixed, moving, numbers))
        places = tf.tensor_scatter_nd_update(tf.fill(tf.shape(places), tf.shape(kept)[0]), numbers[:, tf.newaxis],
                                             tf.range(tf.shape(kept)[0]))
        return index, fixed, moving, numbers, places, found, buffer

    index, *_, found, buffer = tf.while_loop(
        lambda index, fixed, moving, *_: tf.logical_and(index < longest, tf.reduce_any(moving["alive"])), phase,
        (first, fixed, moving, numbers, numbers, {name: moving[name] for name in results}, buffer))
    return index, found, buffer
