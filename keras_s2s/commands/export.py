"""`keras-s2s export`."""

import json
import shlex
import sys

from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model
from keras_s2s.noise import start_tensorflow


def run_export(model, saved_model, tfjs, name):
    """Exports, prints the paths on standard output and the commands that use them on standard error."""
    if not saved_model and not tfjs:
        raise UserError("nothing was asked for", "expected --saved-model DIR, --tfjs DIR, or both",
                        f"for example: keras-s2s export {model} --saved-model serving --tfjs page")
    if name is not None and (not name or not all(c.isalnum() or c in "-_." for c in name) or name.startswith(".")):
        raise UserError(f"the name {name!r} cannot stand in an address", "expected letters, digits, - and _",
                        "choose another --name")
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
        path = translator.export_tfjs(tfjs)
        print(path)
        _say("In the browser:", f"  python -m http.server --directory {shlex.quote(str(path))}",
             "then open http://127.0.0.1:8000")


def _say(*lines):
    print("\n".join(lines), file=sys.stderr)
