"""A training run: epochs, validations, checkpoints."""

import dataclasses
import math
import time
from contextlib import contextmanager, nullcontext

import numpy as np

from keras_s2s.data.augmentation import Augmentation
from keras_s2s.data.batch_plan import plan_batches
from keras_s2s.data.batching import batch_dataset
from keras_s2s.errors import UserError
from keras_s2s.training.adam import Adam
from keras_s2s.training.best_weights import BestWeights
from keras_s2s.training.build import model_in_precision
from keras_s2s.training.checkpoints import Checkpoints
from keras_s2s.training.distribution import Distribution
from keras_s2s.training.learning_curves import write_learning_curves
from keras_s2s.training.learning_rate import LearningRate
from keras_s2s.training.masked_crossentropy import MaskedCrossentropy
from keras_s2s.training.non_finite import check_finite
from keras_s2s.training.perplexity import Perplexity
from keras_s2s.training.progress import EpochProgress
from keras_s2s.training.run_state import RunState
from keras_s2s.training.sampling_rates import sampling_rates
from keras_s2s.training.tensorboard_log import TensorBoardLog
from keras_s2s.training.training_ids import TrainingIds
from keras_s2s.training.validation import Validation
from keras_s2s.training.watch import Watch
from keras_s2s.training.weight_average import WeightAverage

SAMPLES = 4
"""Dev pairs that TensorBoard shows."""


class Fitting:
    """Trains a translator's model on pairs, validates it on the dev pairs, and keeps the best weights.

    Every batch follows from the configuration's seed and the batch's number, so a run that was stopped goes on from its
    last checkpoint as if it had not been.

    Args:
        config: a `Config` with resolved sizes.
        translator: a `Translator` with a built model.
        split: a `Split`.
        directory: where `checkpoints/` goes.
        console: a rich console on standard error.
        distribution: a `Distribution`. Defaults to one device.

    Raises:
        UserError: where no training or no dev pair can be used, or no batch has a pair for every replica.
    """

    def __init__(self, config, translator, split, directory, console, distribution=None):
        self.config, self.translator = config.training, translator
        self.distribution = distribution or Distribution()
        self.model = model_in_precision(
            config, translator, self.distribution.scope() if self.distribution.strategy else None)
        self.split, self.directory, self.console = split, directory, console
        limits = (config.data.max_source_tokens, config.data.max_target_tokens)
        self.ids = TrainingIds(translator, split.train, *limits, self.config.subword_alpha, self.config.seed)
        self.validation = Validation(translator, split.dev, self.config.validation_metric,
                                     config.evaluation.bleu_tokenize, *limits)
        self.tensorboard = None
        if self.config.tensorboard and self.distribution.is_chief:
            self.tensorboard = TensorBoardLog(directory / "tensorboard", translator, split.dev[:SAMPLES])
        self.epoch_batches = len(self._plan(self.ids.of_epoch(0), 0))
        if not self.epoch_batches:
            raise UserError(f"no batch has a pair for each of the {self.distribution.replicas} replicas",
                            "expected batches that can be divided among all of them",
                            "raise training.batch_size or training.batch_tokens, or train on fewer devices")
        self._compile()

    def _compile(self):
        config = self.config
        self.learning_rate = LearningRate(
            config.learning_rate, config.schedule, config.epochs * self.epoch_batches, self.epoch_batches,
            config.warmup_steps, config.learning_rate_decay, config.decay_start)
        loss = MaskedCrossentropy(config.label_smoothing)
        if self.model is not self.translator.model:
            self.translator.model.compile(loss=loss, metrics=[Perplexity()])
        with self.distribution.scope():
            perplexity = Perplexity()
            self.model.compile(
                optimizer=Adam(self.learning_rate, global_clipnorm=config.clip_norm,
                               weight_decay=config.weight_decay or None,
                               gradient_accumulation_steps=config.accumulate if config.accumulate > 1 else None),
                loss=loss, metrics=[perplexity], jit_compile=config.jit_compile)
            self.model.optimizer.build(self.model.trainable_variables)
        self.average = WeightAverage(self.model, config.ema_decay) if config.ema_decay else None
        self.metric_variables = [*self.model.metrics[0].variables, *perplexity.variables]
        self.checkpoints = Checkpoints(
            self.directory / "checkpoints", [
                *self.model.variables, *self.model.optimizer.variables, self.learning_rate.slowdown,
                *self.metric_variables, *(self.average.variables if self.average else [])],
            config.keep_checkpoints, self.console)
        self.best_weights = BestWeights(self.translator.model, self.validation, self.checkpoints.directory,
                                        config.average_best, self.distribution.is_chief)

    def run(self):
        """Trains to the end, from where a stopped run left off; loads the best weights. Returns the `RunState`."""
        self.state = RunState(**self.distribution.of_chief(
            lambda: dataclasses.asdict(self.checkpoints.restore() or RunState())))
        self.distribution.copy_from_chief(self.checkpoints.variables)
        self.distribution.vary_seeds([
            variable for variable in self.model.variables if variable.name == "seed_generator_state"])
        if self.state.step:
            self.console.print(f"Going on after batch {self.state.batch} of epoch {self.state.epoch + 1}, "
                               f"{self.state.minutes:.1f} minutes in.", highlight=False)
        self._start, self._minutes_before, self._steps_before = time.monotonic(), self.state.minutes, self.state.step
        self._last_saved = self.state.minutes
        metric_values = [np.array(variable) for variable in self.metric_variables] if self.state.batch else None
        while not self.state.finished:
            self._epoch(metric_values)
            metric_values = None
        self.distribution.of_chief(self._load_best)
        self.distribution.copy_from_chief(self.translator.model.weights)
        return self.state

    def _epoch(self, metric_values):
        state, config = self.state, self.config
        ids = self.ids.of_epoch(state.epoch)
        self.plan = self._plan(ids, state.epoch)
        progress = EpochProgress(self.console, f"epoch {state.epoch + 1}/{config.epochs}", len(self.plan), state.batch,
                                 self._minutes_left)
        seconds = None if config.max_minutes is None else 60 * (config.max_minutes - self._minutes())
        watch = Watch(self, seconds, metric_values)
        augmentation = Augmentation(config.word_dropout, sampling_rates(
            config.scheduled_sampling, config.sampling_rate, state.step - state.batch, len(self.plan),
            config.epochs * self.epoch_batches), self._seed(state.epoch))
        dataset = self.distribution.divided(batch_dataset(
            ids[0], ids[1], self.plan, state.batch, augmentation))
        if state.batch < len(self.plan):
            logs = self.model.fit(dataset, steps_per_epoch=len(self.plan) - state.batch, verbose=0, shuffle=False,
                                  callbacks=[progress, watch]).history
            logs = {name: values[-1] for name, values in logs.items()}
        else:  # it was stopped after the last batch
            watch.on_epoch_begin(0)
            logs = self.model.get_metrics_result()
        whole = state.batch >= len(self.plan)
        last = watch.reached_limit or (whole and state.epoch + 1 >= config.epochs)
        by_epochs = not config.validate_every_steps and (state.epoch + 1) % config.validate_every_epochs == 0
        if last or (by_epochs and whole):
            self.validate(logs)
        elif whole:
            self._record(logs)
        if whole:
            state.epoch, state.batch = state.epoch + 1, 0
        state.finished = last or self.must_stop()
        if state.finished or self.checkpoint_is_due():
            self.save()

    def validate(self, logs):
        """Scores the model, or its average, keeps its weights where they are among the best, slows down where not."""
        state, config = self.state, self.config
        if state.history and state.history[-1].get("step") == state.step and "dev_perplexity" in state.history[-1]:
            return  # the last batch of an epoch was one to validate after, too
        with self._weights_to_judge():
            found = self.distribution.of_chief(self.validation)
            is_best = self.best_weights.keep(state, found)
            if self.tensorboard:
                self.tensorboard.write_samples(state.step)
        if is_best:
            state.best_epoch = self._epoch_number()
        elif config.schedule == "plateau" and state.bad_validations % config.decay_patience == 0:
            self.learning_rate.slow_down(config.learning_rate_decay)
        self._record(logs, found, is_best)

    @contextmanager
    def _weights_to_judge(self):
        """Within it the translator's model has the average of the trained weights, or these themselves."""
        with self.average.in_place() if self.average else nullcontext():
            if self.model is not self.translator.model:
                self.translator.model.set_weights(self.model.get_weights())
            yield

    def _record(self, logs, found=None, is_best=False):
        state = self.state
        row = {"epoch": self._epoch_number(), "step": state.step,
               "learning_rate": float(self.learning_rate(max(state.step - 1, 0))),
               **{name: round(float(value), 6) for name, value in logs.items()}, **(found or {}),
               "minutes": round(self._minutes(), 3)}
        state.history.append(row)
        if self.tensorboard:
            self.tensorboard.write_scores(row)
        left = self._minutes_left()
        self.console.print(_line(row, self.config.epochs, is_best, left), highlight=False, soft_wrap=True)

    def _load_best(self):
        tried = self.best_weights.load(self.state)
        if tried:
            self.state.history.append(tried)
            self.console.print(f"The mean of the {tried['average_of']} best: {tried}", highlight=False, soft_wrap=True)

    def check_finite(self, loss, weights_too=False):
        """Stops where the last batch brought numbers that are none. They are the same on all workers."""
        if weights_too or not math.isfinite(loss):
            self.distribution.of_chief(lambda: check_finite(
                loss, self.model, lambda: self.ids.pairs(self.plan[self.state.batch - 1]), self.directory,
                self.state.step, weights_too))

    def must_stop(self):
        """Whether the dev set has not improved for so long that training ends."""
        return self.state.bad_validations >= self.config.patience

    def checkpoint_is_due(self):
        """Whether enough batches or minutes have passed since the last."""
        if self.config.checkpoint_steps:
            return self.state.step % self.config.checkpoint_steps == 0
        late = self._minutes() - self._last_saved >= self.config.checkpoint_minutes
        return self.distribution.flag_of_chief(late, self.state.step)

    def save(self):
        """Writes a checkpoint, unless a weight is not finite."""
        self.check_finite(0.0, weights_too=True)
        self.state.minutes = self._last_saved = self._minutes()
        values = self.checkpoints.values()  # on every worker: the running metrics are the sums of all
        self.distribution.of_chief(lambda: self._write(values))

    def _write(self, values):
        self.checkpoints.save(self.state, values)
        write_learning_curves(self.state.history, self.directory / "learning_curves.png")

    def _plan(self, ids, epoch):
        source_ids, target_ids = ids
        plan = plan_batches(source_ids.row_lengths(), target_ids.row_lengths(), self.config.batch_size,
                            self.config.batch_tokens, self.config.length_pool, self._seed(epoch))
        # A batch is left out that has fewer pairs than there are replicas: none may be without one.
        return [rows for rows in plan if len(rows) >= self.distribution.replicas]

    def _seed(self, epoch):
        return self.config.seed * 100_003 + epoch

    def _epoch_number(self):
        share = self.state.batch / len(self.plan)
        return self.state.epoch + 1 if share >= 1 else round(self.state.epoch + share, 3)

    def _minutes(self):
        return self._minutes_before + (time.monotonic() - self._start) / 60

    def _minutes_left(self):
        """The most minutes that training goes on, or `None` while that is unknown."""
        config, done = self.config, self.state.step - self._steps_before
        left = [] if config.max_minutes is None else [config.max_minutes - self._minutes()]
        if done > 0:
            a_batch = (self._minutes() - self._minutes_before) / done
            left.append(a_batch * (config.epochs * self.epoch_batches - self.state.step))
        return max(0.0, min(left)) if left else None


def _line(row, epochs, is_best, minutes_left):
    parts = [f"epoch {row['epoch']:>3}/{epochs}", f"loss {row['loss']:.4f}", f"perplexity {row['perplexity']:.3f}"]
    parts += [f"{name.replace('_', ' ')} {row[name]:.4g}" for name in row if name.startswith("dev_")]
    parts.append(f"{row['minutes']:.1f} min")
    if minutes_left:
        parts.append(f"at most {minutes_left:.1f} left")
    return "  ".join(parts) + ("  (best)" if is_best else "")
