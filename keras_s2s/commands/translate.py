"""`keras-s2s translate`."""

import json
import sys

from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model
from keras_s2s.noise import start_tensorflow

# Lines of standard input that are translated at a time: answers come while a long file is still being read.
_CHUNK = 512


def run_translate(model, texts, alignments, as_json):
    """Translates texts, else the lines of standard input; a terminal with neither gets a prompt."""
    find_model(model)  # before TensorFlow: mistakes answer at once
    _check_texts(texts or [])
    start_tensorflow()
    from keras_s2s.translator import Translator

    translator = Translator.load(model)
    if texts:
        _answer(translator, list(texts), alignments, as_json)
    elif sys.stdin.isatty():
        _prompt(translator, alignments, as_json)
    else:
        done = 0
        for lines in _chunks(sys.stdin.buffer):
            _answer(translator, lines, alignments, as_json)
            done += len(lines)
            if done > _CHUNK:
                print(f"{done:,} lines", end="\r", file=sys.stderr, flush=True)


def _check_texts(texts):
    for text in texts:
        if any("\ud800" <= character <= "\udfff" for character in text):  # what Python makes of other bytes
            raise UserError(f"the text {text.encode(errors='replace').decode()!r} is not UTF-8", "expected UTF-8",
                            "set the terminal to UTF-8, or put the text into a file and convert it with iconv")


def _prompt(translator, alignments, as_json):
    print("Type a text and press Enter; end with Ctrl-D.", file=sys.stderr)
    while True:
        try:
            line = input("> ")
        except EOFError:
            return
        _answer(translator, [line], alignments, as_json)


def _answer(translator, texts, alignments, as_json):
    for answer in translator(texts):
        # A line in, a line out: no answer may break its line.
        print(json.dumps(answer.to_dict(), ensure_ascii=False) if as_json else " ".join(answer.text.splitlines()))
        if alignments and not as_json and answer.has_attention:
            from keras_s2s.plots import ascii_alignment

            print(ascii_alignment(answer.source_tokens, answer.tokens, answer.attention))
    sys.stdout.flush()


def _chunks(stream):
    """Lines of a byte stream, split at line feeds alone, a chunk at a time."""
    lines: list[str] = []
    for number, line in enumerate(stream, start=1):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError as error:
            if lines:
                yield lines
            raise UserError(f"line {number} of standard input is not UTF-8 (byte {error.start + 1})",
                            "expected UTF-8", "convert it: iconv -f LATIN1 -t UTF-8") from error
        lines.append(text.removesuffix("\n").removesuffix("\r").removeprefix("\ufeff" if number == 1 else ""))
        if len(lines) == _CHUNK:
            yield lines
            lines = []
    if lines:
        yield lines
