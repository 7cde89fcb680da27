"""`keras-s2s trace`."""

from keras_s2s.commands.translate import check_texts
from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model
from keras_s2s.noise import start_tensorflow


def run_trace(model, text, beam, prefix, out):
    """Prints the trace of a text as one line of JSON, or writes it to a file and prints its path.

    Args:
        model: a path or name.
        text: a string.
        beam: int. The beam's size; 1 is greedy search.
        prefix: a text with which the translation begins, or `None`.
        out: a path or `None`.
    """
    _, kind = find_model(model)  # before TensorFlow: mistakes answer at once
    if kind == "saved_model":
        raise UserError(f"the model in {model} is a SavedModel, which keeps no tensors of a run",
                        "expected a model directory", "use the directory that `keras-s2s train` wrote")
    check_texts([text, prefix or ""])
    start_tensorflow()
    from keras_s2s.translator import Translator

    trace = Translator.load(model).trace(text, prefix=prefix, beam_size=beam)
    if out is None:
        print(trace.to_json())
        return
    trace.save(out)
    print(out)
