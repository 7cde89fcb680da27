"""What happens between two batches of a run."""

import keras
import numpy as np


class Watch(keras.callbacks.Callback):
    """Counts batches and does what is due after one, always in the same order: average, check, validate, save, stop.

    Args:
        fitting: the `Fitting` whose `state` is counted up.
        metric_values: what the variables of the running metrics begin with, or `None` for zeros.
    """

    def __init__(self, fitting, metric_values):
        super().__init__()
        self.fitting, self.metric_values = fitting, metric_values
        self.reached_limit = False

    def on_epoch_begin(self, epoch, logs=None):
        if self.metric_values is not None:
            for variable, value in zip(self.fitting.metric_variables, self.metric_values, strict=True):
                variable.assign(value)

    def on_train_batch_end(self, batch, logs=None):
        fitting, state = self.fitting, self.fitting.state
        state.batch += 1
        state.step += 1
        fitting.clock.start_up = fitting.clock.start_up or fitting.clock.minutes_here()
        if fitting.average:
            fitting.average.update(state.step)
        fitting.finite_check.after_batch(state.step, fitting.plan[state.batch - 1], logs["loss"])
        every = fitting.config.validate_every_steps
        if every and state.step % every == 0:
            own = fitting.model is fitting.translator.model  # whose running metrics a validation begins anew
            kept = [np.array(variable) for variable in fitting.metric_variables] if own else []
            # The logs are the mean of what the replicas counted, the metrics the sums of all.
            fitting.validate(dict(logs) if own else self.model.get_metrics_result())
            for variable, value in zip(fitting.metric_variables if own else [], kept, strict=True):
                variable.assign(value)
        if fitting.checkpoint_is_due():
            fitting.save()
        fitting.stop_if_asked(state.step)
        self.reached_limit = fitting.time_is_up(state.step)
        if self.reached_limit or fitting.must_stop():
            self.model.stop_training = True
