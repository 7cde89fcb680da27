"""A training run: epochs, validations, checkpoints."""

import dataclasses
import signal
from contextlib import contextmanager, nullcontext

import numpy as np

from keras_s2s.training.adam import Adam
from keras_s2s.training.best_weights import BestWeights
from keras_s2s.training.build import model_in_precision
from keras_s2s.training.checkpoints import Checkpoints
from keras_s2s.training.clock import Clock
from keras_s2s.training.distribution import Distribution
from keras_s2s.training.epoch_batches import EpochBatches
from keras_s2s.training.interruption import Interruption, StoppedBySignal
from keras_s2s.training.learning_rate import LearningRate
from keras_s2s.training.masked_crossentropy import MaskedCrossentropy
from keras_s2s.training.non_finite import FiniteCheck
from keras_s2s.training.perplexity import Perplexity
from keras_s2s.training.progress import EpochProgress
from keras_s2s.training.run_log import RunLog
from keras_s2s.training.run_state import RunState
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
        self.directory, self.console = directory, console
        limits = (config.data.max_source_tokens, config.data.max_target_tokens)
        self.ids = TrainingIds(translator, split.train, *limits, self.config.subword_alpha, self.config.seed)
        self.validation = Validation(translator, split.dev, self.config.validation_metric,
                                     config.evaluation.bleu_tokenize, *limits)
        self.left_out = {"train": self.ids.left_out, "dev": self.validation.left_out}
        self.log = RunLog(
            directory, console, self.config.epochs, TensorBoardLog(directory / "tensorboard", translator, split.dev[
                :SAMPLES]) if self.config.tensorboard else None, self.distribution.of_chief)
        self.batches = EpochBatches(self.ids, self.config, self.distribution)
        self.epoch_batches = self.batches.count
        if self.config.warmup_steps > self.config.epochs * self.epoch_batches:
            self.log.warn(f"training.warmup_steps is {self.config.warmup_steps}, and the whole training has "
                          f"{self.config.epochs * self.epoch_batches} batches: it ends before the learning rate is up.")
        self._compile()
        self.finite_check = FiniteCheck(
            self.model, self.ids.pairs, directory, self.config.accumulate, self.distribution.of_chief)

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
        self.running_metrics = [self.model.metrics[0], perplexity]
        self.metric_variables = [variable for metric in self.running_metrics for variable in metric.variables]
        self.checkpoints = Checkpoints(
            self.directory / "checkpoints", [
                *self.model.variables, *self.model.optimizer.variables, self.learning_rate.slowdown,
                *self.metric_variables, *(self.average.variables if self.average else [])],
            config.keep_checkpoints, self.console)
        self.best_weights = BestWeights(self.translator.model, self.validation, self.checkpoints.directory,
                                        config.average_best, self.distribution.of_chief)

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
        self.clock = Clock(self.state.minutes, self.config.max_minutes)
        self._reserve_time()
        self._steps_before, self._last_saved = self.state.step, self.state.minutes
        metric_values = [np.array(variable) for variable in self.metric_variables] if self.state.batch else None
        self._reset_metrics()
        # With a smaller `max_minutes` than before the time may be up already.
        self.state.finished |= bool(self.state.kept) and not self.state.batch and self.time_is_up()
        with Interruption() as self.interruption:
            while not self.state.finished:
                self._epoch(metric_values)
                metric_values = None
        self.distribution.of_chief(self._load_best)
        self.distribution.copy_from_chief(self.translator.model.weights)
        return self.state

    def _epoch(self, metric_values):
        state, config = self.state, self.config
        self.plan, dataset = self.batches.of_epoch(state.epoch, state.batch, state.step)
        progress = EpochProgress(self.console, f"epoch {state.epoch + 1}/{config.epochs}", len(self.plan), state.batch,
                                 self._minutes_left)
        watch = Watch(self, metric_values)
        if state.batch < len(self.plan):
            try:
                logs = self.model.fit(dataset, steps_per_epoch=len(self.plan) - state.batch, verbose=0, shuffle=False,
                                      callbacks=[progress, watch]).history
            finally:
                progress.close()
            logs = {name: values[-1] for name, values in logs.items()}
        else:  # it was stopped after the last batch
            watch.on_epoch_begin(0)
            logs = {metric.name: metric.result() for metric in self.running_metrics}
            self._reset_metrics()
        whole = state.batch >= len(self.plan)
        last = watch.reached_limit or (whole and state.epoch + 1 >= config.epochs) or self.time_is_up()
        by_epochs = not config.validate_every_steps and (state.epoch + 1) % config.validate_every_epochs == 0
        if last or (by_epochs and whole):
            self.validate(logs)
            last = last or self.time_is_up()  # none is left for another epoch
        elif whole:
            self._record(logs)
        if whole:
            state.epoch, state.batch = state.epoch + 1, 0
        state.finished = last or self.must_stop()
        if state.finished or self.checkpoint_is_due():
            self.save()
        if state.epoch == 1 and not state.batch and not state.finished:
            self.log.tell_of_a_schedule_cut_short(config, self.clock)
        self.stop_if_asked()

    def _reset_metrics(self):
        # Keras neither resets nor reports metrics of a model that has not seen a batch in this process.
        for metric in self.running_metrics:
            metric.reset_state()

    def validate(self, logs):
        """Scores the model, or its average, keeps its weights where they are among the best, slows down where not."""
        state, config = self.state, self.config
        if state.history and state.history[-1].get("step") == state.step and "dev_perplexity" in state.history[-1]:
            return  # the last batch of an epoch was one to validate after, too
        start = self.clock.minutes()
        with self._weights_to_judge():
            found = self.distribution.of_chief(self.validation)
            is_best = self.best_weights.keep(state, found)
            self.log.show_samples(state.step)
        state.validation_minutes = self.clock.minutes() - start
        self._reserve_time()
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
               "minutes": round(self.clock.minutes(), 3)}
        state.history.append(row)
        self.log.tell(row, is_best, self._minutes_left())

    def _load_best(self):
        tried = self.best_weights.load(self.state)
        if tried:
            self.state.history.append(tried)
            self.console.print(f"The mean of the {tried['average_of']} best: {tried}", highlight=False, soft_wrap=True)

    def must_stop(self):
        """Whether the dev set has not improved for so long that training ends."""
        return self.config.patience is not None and self.state.bad_validations >= self.config.patience

    def time_is_up(self, step=0):
        """Whether no time is left but for the last validation; `step` as in `Distribution.flag_of_chief`."""
        return self.config.max_minutes is not None and self.distribution.flag_of_chief(self.clock.is_up(), step)

    def stop_if_asked(self, step=0):
        """Writes a checkpoint and ends training, `StoppedBySignal`, where this or another worker got a signal."""
        if self.distribution.flag_of_any(self.interruption.number, step):
            self.save()
            raise StoppedBySignal(
                f"Stopped after batch {self.state.step}, with a checkpoint. The same command goes on from there.",
                self.interruption.number or signal.SIGTERM)

    def checkpoint_is_due(self):
        """Whether enough batches or minutes have passed since the last."""
        if self.config.checkpoint_steps:
            return self.state.step % self.config.checkpoint_steps == 0
        late = self.clock.minutes() - self._last_saved >= self.config.checkpoint_minutes
        return self.distribution.flag_of_chief(late, self.state.step)

    def save(self):
        """Writes a checkpoint, unless a weight is not finite."""
        self.finite_check.check_weights(self.state.step)
        self.state.minutes = self._last_saved = self.clock.minutes()
        values = self.checkpoints.values()  # on every worker: the running metrics are the sums of all
        self.distribution.of_chief(lambda: self._write(values))

    def _write(self, values):
        self.checkpoints.save(self.state, values)
        self.log.draw(self.state.history)

    def _epoch_number(self):
        share = self.state.batch / len(self.plan)
        return self.state.epoch + 1 if share >= 1 else round(self.state.epoch + share, 3)

    def _minutes_left(self):
        state = self.state
        return self.clock.minutes_left(state.step - self._steps_before,
                                       self.config.epochs * self.epoch_batches - state.step)

    def _reserve_time(self):
        # The mean of the best weights is validated, too.
        self.clock.reserve = self.state.validation_minutes * (2 if self.config.average_best > 1 else 1)
