"""The epochs of a run: fit, validate, keep the best, slow down, stop."""

import math
import time

from keras_s2s.data.batching import batch_dataset, tokenized_pairs
from keras_s2s.evaluation import score_pairs
from keras_s2s.training.adam import Adam
from keras_s2s.training.masked_crossentropy import MaskedCrossentropy
from keras_s2s.training.perplexity import Perplexity
from keras_s2s.training.progress import EpochProgress
from keras_s2s.training.run_state import RunState
from keras_s2s.training.time_limit import TimeLimit
from keras_s2s.weights import load_weights, save_weights


class Fitting:
    """Trains a translator's model on pairs, an epoch at a time.

    After each epoch the model is validated on the dev pairs. The best weights are kept in `best.npz`, everything
    needed to go on in `run_state.npz`. When a validation brings nothing new, the learning rate is multiplied by
    `learning_rate_decay`; after `patience` of them, or `max_minutes`, training ends.

    Args:
        config: a `Config` with resolved sizes.
        translator: a `Translator` with a built model.
        split: a `Split`.
        directory: where the files go.
        console: a rich console on standard error.

    Raises:
        UserError: where no training or no dev pair can be used.
    """

    def __init__(self, config, translator, split, directory, console):
        self.config, self.translator, self.model = config.training, translator, translator.model
        self.limits = (config.data.max_source_tokens, config.data.max_target_tokens)
        self.bleu_tokenize = config.evaluation.bleu_tokenize
        self.split, self.console = split, console
        self.train_ids, self.dev_ids = self._tokenized(split.train), self._tokenized(split.dev)
        self.best_path, self.state_path = directory / "best.npz", directory / "run_state.npz"

    def run(self, digest):
        """Trains to the end, from where a stopped run left off; loads the best weights. Returns the `RunState`."""
        self.model.compile(
            optimizer=Adam(self.config.learning_rate, global_clipnorm=self.config.clip_norm),
            loss=MaskedCrossentropy(self.config.label_smoothing), metrics=[Perplexity()])
        self.model.optimizer.build(self.model.trainable_variables)
        variables = [*self.model.variables, *self.model.optimizer.variables]
        state = RunState.load(self.state_path, variables)
        if state is None:
            state = RunState(digest, self.config.learning_rate)
        elif state.epoch:
            self.console.print(f"Going on after epoch {state.epoch}.")
        while not state.finished:
            self._epoch(state)
            state.save(self.state_path, variables)
        load_weights(self.model, self.best_path)
        return state

    def _epoch(self, state):
        start = time.monotonic()
        state.epoch += 1
        self.model.optimizer.learning_rate = state.learning_rate
        dataset = batch_dataset(self.train_ids[0], self.train_ids[1], batch_size=self.config.batch_size,
                                bucket_width=self.config.bucket_width, seed=self.config.seed * 100_003 + state.epoch)
        limit = TimeLimit(None if self.config.max_minutes is None
                          else 60 * (self.config.max_minutes - state.minutes))
        progress = EpochProgress(self.console, f"epoch {state.epoch}/{self.config.epochs}", len(dataset))
        history = self.model.fit(dataset, verbose=0, shuffle=False, callbacks=[progress, limit]).history
        row = {"epoch": state.epoch, "learning_rate": state.learning_rate,
               **{name: round(values[-1], 6) for name, values in history.items()}}
        last = state.epoch >= self.config.epochs or limit.reached
        if last or state.epoch % self.config.validate_every_epochs == 0:
            self._validate(state, row)
        state.minutes += (time.monotonic() - start) / 60
        row["minutes"] = round(state.minutes, 3)
        state.history.append(row)
        line = _line(row, self.config.epochs, state.best_epoch == state.epoch)
        self.console.print(line, highlight=False, soft_wrap=True)
        state.finished = last or state.bad_validations >= self.config.patience

    def _validate(self, state, row):
        logs = self.model.evaluate(batch_dataset(
            self.dev_ids[0], self.dev_ids[1], bucket_width=self.config.bucket_width, shuffle=False),
            verbose=0, return_dict=True)
        row["dev_perplexity"] = round(logs["perplexity"], 6)
        value = -math.log(logs["perplexity"])
        if self.config.validation_metric != "loss":
            value = row[f"dev_{self.config.validation_metric}"] = self._score_translations()
        # Of equal values the lower perplexity is better: at first no translation may match exactly for some epochs.
        if state.best is None or (value, -logs["perplexity"]) > (state.best, -state.best_perplexity):
            state.best, state.best_perplexity = value, logs["perplexity"]
            state.best_epoch, state.bad_validations = state.epoch, 0
            save_weights(self.model, self.best_path)
        else:
            state.bad_validations += 1
            state.learning_rate *= self.config.learning_rate_decay

    def _score_translations(self):
        metric = self.config.validation_metric
        result = score_pairs(self.translator, self.split.dev, metrics=[metric], tokenize=self.bleu_tokenize)
        value = getattr(result, metric)
        return round(getattr(value, "score", value), 6)

    def _tokenized(self, pairs):
        return tokenized_pairs(pairs, self.translator.source, self.translator.target, *self.limits)


def _line(row, epochs, is_best):
    parts = [f"epoch {row['epoch']:>3}/{epochs}", f"loss {row['loss']:.4f}", f"perplexity {row['perplexity']:.3f}"]
    parts += [f"{name.replace('_', ' ')} {row[name]:.4g}" for name in row if name.startswith("dev_")]
    return "  ".join([*parts, f"{row['minutes']:.1f} min"]) + ("  (best)" if is_best else "")
