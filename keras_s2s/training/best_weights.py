"""The weights of the best validations."""

from keras_s2s.training.disk import told_how_to_go_on
from keras_s2s.weights import load_weights, mean_weights, save_weights


class BestWeights:
    """Keeps the weights of the best validations in files, and makes the final ones of them.

    Args:
        model: the Keras model that is validated.
        validation: a `Validation`.
        directory: where `best-00001200.npz` and its like go, the number being the batch.
        count: int. How many to keep; the final weights are the mean of them, where that is better on the dev set.
        of_chief: runs a function on the worker that writes files, see `Distribution.of_chief`.
    """

    def __init__(self, model, validation, directory, count, of_chief=lambda function: function()):
        self.model, self.validation, self.directory = model, validation, directory
        self.count, self.of_chief = count, of_chief

    def keep(self, state, found):
        """Keeps the model's weights, where they are among the best so far, and counts in the `RunState` what follows.

        Args:
            state: a `RunState`; its `best_epoch` is left to the caller.
            found: dict, what `validation()` returned.

        Returns:
            bool. Whether they are the best so far.

        Raises:
            UserError: where they cannot be written.
        """
        rank = self._rank(found)
        is_best = state.best is None or rank > [state.best, -(state.best_perplexity or 0.0)]
        state.bad_validations += 1
        if is_best:
            state.best, state.best_perplexity = rank[0], -rank[1]
            state.best_step, state.bad_validations = state.step, 0
        if len(state.kept) < self.count or rank > state.kept[-1][:2]:
            name = f"best-{state.step:08d}.npz"
            self.of_chief(lambda: self._write(self.directory / name))
            state.kept = sorted([*state.kept, [*rank, name]], reverse=True)[:self.count]
        return is_best

    def load(self, state):
        """Gives the model the best weights, or their mean.

        Returns:
            `None`, or for a mean `{"average_of": files, ..., "taken": bool}` with what its validation found.
        """
        paths = [self.directory / name for *_, name in state.kept]
        tried = None
        if len(paths) > 1:
            mean_weights(self.model, paths)
            found = self.validation()
            tried = {"average_of": len(paths), **found, "taken": self._rank(found) > state.kept[0][:2]}
        if tried is None or not tried["taken"]:
            load_weights(self.model, paths[0])
        return tried

    def _write(self, path):
        with told_how_to_go_on(path, 4 * self.model.count_params()):
            save_weights(self.model, path)

    def _rank(self, found):
        # Of equal values the lower perplexity is better: at first no translation may match exactly for some epochs.
        return [self.validation.value(found), -found["dev_perplexity"]]
