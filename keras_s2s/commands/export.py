"""`keras-s2s export`."""

import json
import shlex
import sys

from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model
from keras_s2s.noise import start_tensorflow

QUANTIZATIONS = ("none", "float16", "uint8")  # as in keras_s2s.quantization, which loads TensorFlow


def run_export(model, saved_model, tfjs, name, quantize=None):
    """Exports, prints the paths on standard output and the commands that use them on standard error."""
    if not saved_model and not tfjs:
        raise UserError("nothing was asked for", "expected --saved-model DIR, --tfjs DIR, or both",
                        f"for example: keras-s2s export {model} --saved-model serving --tfjs page")
    if name is not None and (not name or not all(c.isalnum() or c in "-_." for c in name) or name.startswith(".")):
        raise UserError(f"the name {name!r} cannot stand in an address", "expected letters, digits, - and _",
                        "choose another --name")
    if quantize is not None and quantize not in QUANTIZATIONS:
        raise UserError(f"--quantize {quantize} is unknown", f"expected one of {', '.join(QUANTIZATIONS)}",
                        "float16 is the default, uint8 the smallest")
    if quantize is not None and not tfjs:
        raise UserError("--quantize was given without --tfjs",
                        "expected both: a SavedModel keeps the numbers of the model directory",
                        f"for example: keras-s2s export {model} --tfjs page --quantize {quantize}")
    find_model(model)
    start_tensorflow()
    from keras_s2s.translator import Translator

    translator = Translator.load(model)
    if name:
        translator.name = name
    example = (translator.examples or ["text"])[0]
    if saved_model:
        path = translator.export_saved_model(saved_model)
        print(path)
        folder, name = path.parent, path.parent.name
        body = shlex.quote(json.dumps({"instances": [example]}, ensure_ascii=False))
        _say("TF Serving:",
             f"  docker run -p 8501:8501 -v {shlex.quote(str(folder.resolve()))}:/models/{name} -e MODEL_NAME={name} "
             "tensorflow/serving",
             "or without a container:", f"  keras-s2s serve {shlex.quote(str(folder))}",
             "then:", f"  curl -d {body} http://127.0.0.1:8501/v1/models/{name}:predict")
    if tfjs:
        path = translator.export_tfjs(tfjs, quantize or "float16")
        print(path)
        _say(_sizes(path),
             "In the browser:", f"  python -m http.server --directory {shlex.quote(str(path))}",
             "then open http://127.0.0.1:8000")


def _sizes(path):
    """A line about the numbers and bytes of a web folder."""
    manifest = json.loads((path / "model" / "manifest.json").read_text(encoding="utf-8"))
    return (f"The model: {manifest['parameters']:,} weights in {manifest['weights']}, "
            f"{manifest['bytes'] / 1e6:.2f} MB in {len(manifest['files']) + 1} files.")


def _say(*lines):
    print("\n".join(lines), file=sys.stderr)
