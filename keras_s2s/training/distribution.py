"""One run on several devices or machines."""

import contextlib
import functools
import json
import re
from typing import Any

import numpy as np
import tensorflow as tf

from keras_s2s.errors import UserError
from keras_s2s.noise import noise_held_back
from keras_s2s.training.cluster import Cluster
from keras_s2s.training.replicas import parts_here
from keras_s2s.training.warning import warn

STRATEGIES = ("mirrored", "multi_worker")

STEPS_BETWEEN_CLOCKS = 10
"""Batches from one question for the chief's clock to the next: to ask takes all workers' time."""

_PARCEL = 2**16
"""How many numbers travel at once."""

_SIGNS_OF_DEATH = (tf.errors.UnavailableError, tf.errors.AbortedError, tf.errors.CancelledError,
                   tf.errors.DeadlineExceededError)


def check_options(strategy, training):
    """Refuses what a strategy and a `training` section cannot do together, a `UserError`."""
    if strategy is None:
        return
    if strategy not in STRATEGIES:
        raise UserError(f"the strategy {strategy!r} is unknown", f"expected one of {', '.join(STRATEGIES)}",
                        "choose one with --strategy, or leave it out for one device")
    for option, refused, instead in (
            ("precision", training.precision == "float16", "set training.precision=bfloat16"),
            ("accumulate", training.accumulate > 1, "set training.accumulate=1: on more devices larger batches fit"),
            ("jit_compile", training.jit_compile, "set training.jit_compile=false")):
        if refused:
            raise UserError(f"training.{option}={getattr(training, option)} was given with --strategy {strategy}",
                            "expected options that go together", instead)


class Distribution:
    """How the batches of a run are divided, and what its workers tell each other.

    Every device, a replica, computes the gradient of its share of each batch's rows; all apply the sum. (Synchronous
    data parallelism, Chen et al. 2016, on `tf.distribute`.) All workers plan the same batches. The chief, the first of
    them, alone reads and writes files, validates and decides; the others take over what it says.

    Args:
        strategy: `None` for one device; `"mirrored"` for all GPUs of this machine, or all its logical processors where
            it has none; `"multi_worker"` for the machines in `TF_CONFIG`, with all GPUs of each. Defaults to `None`.
        console: a rich console that says for whom a worker waits. Defaults to none.

    Raises:
        UserError: for another name, for a `TF_CONFIG` that does not fit, or where TensorFlow is in use already.
    """

    def __init__(self, strategy=None, console=None):
        self.cluster = Cluster.from_environment() if strategy == "multi_worker" else Cluster(("worker 0",), 0)
        self.workers, self.is_chief = len(self.cluster.names), self.cluster.own == 0
        self.strategy: Any = None
        if strategy == "mirrored":
            self.strategy = _mirrored_strategy()
        elif strategy == "multi_worker":
            if console:
                console.print(f"This is {self.cluster.names[self.cluster.own]} of {self.workers} in all. Waiting for "
                              "the others.", highlight=False)
            self.strategy = _multi_worker_strategy()
        self.replicas = self.strategy.num_replicas_in_sync if self.strategy else 1
        if strategy == "mirrored" and console:
            _tell_devices(self.strategy.extended.worker_devices, console)
        self._total = tf.function(self._total_of, autograph=False)

    def scope(self):
        """A context in which variables are made that all replicas have."""
        return self.strategy.scope() if self.strategy else contextlib.nullcontext()

    def divided(self, dataset):
        """A dataset of whole batches, the same on all workers -> one for `fit` in which each replica has its rows.

        It goes on for ever, because to agree on the end would take all workers' time at every batch: give `fit` the
        number of steps.
        """
        if self.strategy is None:
            return dataset
        local = self.replicas // self.workers

        def of_worker(context):
            first = context.input_pipeline_id * local

            def shares(*batch):
                own = tf.data.Dataset.range(first, first + local, output_type=tf.int32)
                return own.map(lambda replica: tf.nest.map_structure(
                    lambda value: value[replica::self.replicas], batch))

            return dataset.flat_map(shares).repeat().prefetch(2 * local)

        return self.strategy.distribute_datasets_from_function(of_worker)

    def of_chief(self, function):
        """What `function()` returns on the chief, JSON values, on all workers; what it raises there ends them, too."""
        if self.workers == 1:
            return function()
        message, failure = b"", None
        if self.is_chief:
            try:
                message = json.dumps({"value": function()}).encode()
            except Exception as error:
                failure, told = error, [error.given, error.expected, error.fix] if isinstance(error, UserError) else [
                    f"{self.cluster.names[0]} could not go on ({type(error).__name__}: {error})", "",
                    "look at its output for the reason, then give the same command again on every worker"]
                message = json.dumps({"error": told}).encode()
        size = int(self._of_chief([len(message)])[0])
        letters = np.frombuffer(message.ljust(size), np.uint8)
        found = json.loads(self._of_chief(letters).astype("uint8").tobytes())
        if "error" in found:
            raise failure or UserError(*found["error"])
        return found["value"]

    def flag_of_chief(self, flag, step):
        """Whether the chief's flag, which depends on a clock, is set; `False` between the steps at which they ask."""
        if self.workers == 1:
            return flag
        return step % STEPS_BETWEEN_CLOCKS == 0 and bool(self._of_chief([flag])[0])

    def flag_of_any(self, flag, step):
        """Whether any worker's flag is set; `False` between the steps at which they ask."""
        if self.workers == 1:
            return bool(flag)
        return step % STEPS_BETWEEN_CLOCKS == 0 and bool(self._summed([bool(flag)])[0])

    def copy_from_chief(self, variables):
        """Gives Keras variables the values that the chief's first replica has."""
        if self.strategy is None:
            return
        for variable in variables:
            parts = parts_here(variable)
            own = parts[0].numpy()
            found = self._of_chief(own.reshape(-1)).reshape(own.shape).astype(own.dtype)
            for part in parts:
                part.assign(found)

    def vary_seeds(self, seeds):
        """Gives every replica its own random numbers: `seeds` are the states of `keras.random.SeedGenerator`."""
        local = self.replicas // self.workers
        for variable in seeds if self.strategy else []:
            first, *rest = variable.numpy()
            for place, part in enumerate(parts_here(variable)):
                part.assign([(int(first) + 1_000_003 * (self.cluster.own * local + place)) % 2**31, *rest])

    def check_same(self, fingerprint):
        """Refuses workers whose `fingerprint`, a string, is not the chief's: `UserError` on all of them."""
        other = np.zeros(self.workers)
        other[self.cluster.own] = self.of_chief(lambda: fingerprint) != fingerprint
        found = self._summed(other) if self.workers > 1 else other
        if found.any():
            names = ", ".join(name for name, differs in zip(self.cluster.names, found, strict=True) if differs)
            raise UserError(f"other pairs, options or vocabularies than the chief's were found on {names}",
                            "expected the same command and the same files on every worker",
                            "compare the commands, the files and the versions of packages")

    @contextlib.contextmanager
    def told_of_the_missing(self, out):
        """Within it the end of another worker becomes a `UserError` that says how to go on."""
        try:
            yield
        except _SIGNS_OF_DEATH as error:
            if self.workers == 1:
                raise
            raise UserError(f"{self._gone(str(error))}, and the others cannot go on without it",
                            f"expected all {self.workers} workers to the end",
                            "look at its output for the reason, then give the same command again on every worker: they "
                            f"go on from the last checkpoint in {out}") from error

    def _gone(self, message):
        found = {" ".join(name) for name in re.findall(r"/job:(\w+)/(?:replica:\d+/)?task:(\d+)", message)}
        gone = sorted(found & set(self.cluster.names) - {self.cluster.names[self.cluster.own]})
        return f"{gone[0].replace(' ', ' number ') if len(gone) == 1 else 'a worker'} has gone"

    def _of_chief(self, numbers):
        """Numbers as the chief has them; the others give as many."""
        if self.workers == 1:
            return np.asarray(numbers)
        return self._summed(numbers if self.is_chief else np.zeros(len(numbers)))

    def _summed(self, numbers):
        """The sum over the workers. All travel as float64, which has room for the other types: not every device adds
        these up. And always as many: an operation of one name may not have another size while it still runs elsewhere.
        """
        numbers = np.asarray(numbers, "float64")
        size = 1 if numbers.size == 1 else _PARCEL
        parcels = np.zeros((-(-numbers.size // size), size))
        parcels.reshape(-1)[:numbers.size] = numbers
        found = [self._total(tf.constant(parcel)).numpy() for parcel in parcels]
        return np.concatenate([*found, np.zeros(0)])[:numbers.size]

    def _total_of(self, numbers):
        first = self.cluster.own * (self.replicas // self.workers)

        def of_replica(numbers):
            context = tf.distribute.get_replica_context()
            speaks = tf.equal(context.replica_id_in_sync_group, first)
            return context.all_reduce(tf.distribute.ReduceOp.SUM,
                                      tf.where(speaks, numbers, tf.zeros_like(numbers)))

        found = self.strategy.experimental_local_results(self.strategy.run(of_replica, args=(numbers,)))
        with tf.control_dependencies(found):
            return tf.identity(found[0])


def _tell_devices(devices, console):
    names = ", ".join(device.rpartition("device:")[2] for device in devices)
    one = len(devices) == 1
    console.print(f"{len(devices)} replica{'s' * (not one)}: {names}.", highlight=False, soft_wrap=True)
    if one:
        warn(console, "--strategy mirrored divides batches among several devices, and there is but one. It is slower "
                      "than no strategy.")


# One of a kind for a process: the operations of a second one have the names of the first one's, and mix with them.
@functools.cache
def _mirrored_strategy():
    devices = [device.name for device in tf.config.list_logical_devices("GPU")]
    if devices:
        return tf.distribute.MirroredStrategy(devices)
    return tf.distribute.MirroredStrategy([device.name for device in tf.config.list_logical_devices("CPU")],
                                          tf.distribute.ReductionToOneDevice())


@functools.cache
def _multi_worker_strategy():
    try:
        with noise_held_back():
            return tf.distribute.MultiWorkerMirroredStrategy()
    except (RuntimeError, ValueError, tf.errors.OpError) as error:
        reason = str(error).strip().splitlines()[0]
        raise UserError(f"the workers could not be brought together: {reason}",
                        "expected TensorFlow unused so far in this process, a free port and workers that answer",
                        "compare TF_CONFIG on all workers; in Python call train(...) before anything else") from error
