"""Sums over the replicas of a model that several devices or machines train together."""

import keras
from keras import ops


def replica_count():
    """How many replicas compute this step together: 1 outside of a `tf.distribute` strategy's replicas."""
    if keras.backend.backend() != "tensorflow":
        return 1
    import tensorflow as tf

    return tf.distribute.get_strategy().num_replicas_in_sync if tf.distribute.get_replica_context() else 1


def on_many_workers():
    """Whether several machines, or processes, compute this step together."""
    if replica_count() == 1:
        return False
    import tensorflow as tf

    strategy = tf.distribute.get_strategy()
    # The question that Keras' own trainer asks.
    return isinstance(strategy, tf.distribute.MultiWorkerMirroredStrategy) and strategy.extended._in_multi_worker_mode()


def parts_here(variable):
    """What holds a Keras variable on this machine: the `tf.Variable` of each of its replicas, or the only one."""
    return list(getattr(variable.value, "values", [variable.value]))


def assign_here(variable, value):
    """Gives a Keras variable a value on this machine alone; `assign` reads it afterwards, which may ask the others."""
    if not hasattr(variable.value, "values"):
        variable.assign(value)
        return
    if variable.synchronization == "on_read":  # the replicas' parts are added up
        value = value / variable.value.distribute_strategy.num_replicas_in_sync
    for part in parts_here(variable):
        part.assign(value)


def summed_over_replicas(values):
    """A list of tensors, each the sum over all replicas; the same list where there is but one. Not differentiable."""
    if replica_count() == 1:
        return values
    import tensorflow as tf

    constants = [ops.stop_gradient(value) for value in values]
    return tf.distribute.get_replica_context().all_reduce(tf.distribute.ReduceOp.SUM, constants)
