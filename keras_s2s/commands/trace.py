"""`keras-s2s trace`."""

from pathlib import Path

from keras_s2s.commands.translate import check_texts
from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model
from keras_s2s.noise import start_tensorflow
from keras_s2s.plots.save import FORMATS


def run_trace(model, text, beam, prefix, out):
    """Prints the trace of a text as one line of JSON, or writes a file and prints its path.

    Args:
        model: a path or name.
        text: a string.
        beam: int. The beam's size; 1 is greedy search.
        prefix: a text with which the translation begins, or `None`.
        out: a path or `None`. Its ending says what is written: JSON, a page, or a picture of the attention.
    """
    ending = None if out is None else Path(out).suffix.lower()
    if ending not in (None, ".json", ".html", *FORMATS):
        raise UserError(f"the name {out} ends in {ending!r}" if ending else f"the name {out} has no ending",
                        f"expected .json, .html (a page that shows it) or {', '.join(FORMATS)} (its attention)",
                        f"call it {Path(out).stem or 'trace'}.json")
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
    if ending == ".json":
        trace.save(out)
    elif ending == ".html":
        trace.save_html(out)
    else:
        trace.plot(out)
    print(out)
