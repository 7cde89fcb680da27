"""`keras-s2s quickstart`: the whole way in one command, with the data set that needs no download."""

import importlib.util
import time
from pathlib import Path

from rich.console import Console

from keras_s2s.data.dates import generate_dates
from keras_s2s.plots import ascii_alignment, save_attention
from keras_s2s.shipped import shipped_models

_MODEL = "dates"
_PICTURE_OF = "Wednesday, March 3rd, 1999"


def run_quickstart(out, command=None):
    """Answers with the shipped model, trains the same one anew, translates, exports, says what comes next.

    Args:
        out: directory. Gets `dates/` (the model directory with `saved_model/`, `tfjs/` and `attention.png`).
        command: the command line, for the records.
    """
    console = Console(stderr=True)
    out = Path(out) / _MODEL
    if _MODEL in shipped_models():
        _answer_with_shipped(console)
    from keras_s2s.training.recipe import train

    start = time.monotonic()
    console.rule("Training the same model on this machine")
    translator = train(_MODEL, out=out, command=command, console=console)
    minutes = (time.monotonic() - start) / 60
    console.rule(f"Five dates of the test set, answered by the new model ({minutes:.1f} minutes)")
    for answer in translator([example.source for example in generate_dates(40, "test", seed=1)[::8]]):
        print(f"{answer.source}  ->  {answer.text}")
        print(ascii_alignment(answer.source_tokens, answer.tokens, answer.attention))
    picture = translator(_PICTURE_OF)
    save_attention(picture.source_tokens, picture.tokens, picture.attention, out / "attention.png",
                   title=f"{picture.source} → {picture.text}")
    written = {"the attention picture": out / "attention.png",
               "the SavedModel for TF Serving": translator.export_saved_model(out / "saved_model")}
    if importlib.util.find_spec("tensorflowjs"):
        written["the page for any web server"] = translator.export_tfjs(out / "tfjs")
    else:
        console.print("No page: the TF.js converter is not installed (extra 'tfjs').", style="yellow")
    console.rule("Written")
    for what, path in written.items():
        console.print(f"{what:30}  {path}", highlight=False, soft_wrap=True)
    console.rule("What comes next")
    console.print(
        f"keras-s2s translate {out} '3 mars 1999' --alignments\n"
        f"keras-s2s serve {out}\n"
        f"keras-s2s demo {out}\n"
        f"python -m http.server --directory {out / 'tfjs'}        # the page, in the browser alone\n"
        "keras-s2s inspect YOUR_PAIRS.tsv                          # your own data: source TAB target\n"
        "keras-s2s train characters --data YOUR_PAIRS.tsv --out mine", highlight=False, markup=False, soft_wrap=True)


def _answer_with_shipped(console):
    from keras_s2s.translator import Translator

    console.rule("Answers of the model that ships with the package")
    translator = Translator.load(_MODEL)
    for answer in translator(translator.examples):
        print(f"{answer.source}  ->  {answer.text}")
