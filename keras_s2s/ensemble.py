"""Several models that decode together."""

from keras import ops

from keras_s2s.errors import UserError


class Ensemble:
    """Models with the same vocabularies, asked together: the mean of their log-probabilities decides.

    To a search it is a model: `encode` and `step`. Memory and state hold those of each model under its number. The
    mean is not normalised anew, which changes no order of tokens within a step; the search's log-probabilities are.
    Attention weights are the mean of the models'.

    Args:
        models: list of built `Seq2Seq` with the same vocabularies.

    Raises:
        UserError: for fewer than two models, or vocabularies of different sizes.
    """

    built = True

    def __init__(self, models):
        sizes = [(model.encoder.vocabulary_size, model.decoder.vocabulary_size) for model in models]
        if len(sizes) < 2 or len(set(sizes)) > 1:
            raise UserError(f"an ensemble of {len(sizes)} models with vocabularies of {sizes}",
                            "expected two or more models with the same vocabularies",
                            "train them on the same data and options, with different seeds")
        self.models = list(models)

    @property
    def weights(self):
        """All models' variables, in order."""
        return [variable for model in self.models for variable in model.weights]

    def encode(self, source, mask=None):
        """As `Seq2Seq.encode`, of each model."""
        encoded = [model.encode(source, mask) for model in self.models]
        memory = {str(number): memory for number, (memory, _) in enumerate(encoded)}
        state = {str(number): state for number, (_, state) in enumerate(encoded)}
        return {**memory, "mask": encoded[0][0]["mask"]}, state

    def step(self, token, state, memory):
        """As `Seq2Seq.step`: `(mean log-probabilities, state, mean attention weights)`."""
        found = [model.step(token, state[str(number)], memory[str(number)]) for number, model in enumerate(self.models)]
        log_probs = [logits - ops.logsumexp(logits, axis=-1, keepdims=True) for logits, _, _ in found]
        return (sum(log_probs) / len(found), {str(number): state for number, (_, state, _) in enumerate(found)},
                sum(weights for _, _, weights in found) / len(found))
