"""`keras-s2s translate`."""

import json
import os
import stat
import sys

from keras_s2s.errors import UserError
from keras_s2s.model_path import find_model
from keras_s2s.noise import start_tensorflow

# Lines that are translated at a time: of a file many, sorted by length; of a pipe fewer, so that answers come while it
# is still being written.
_OF_FILE, _OF_PIPE = 8192, 512


def run_translate(model, texts, lines, prefix=None, json_input=False, ensemble=(), **options):
    """Translates texts, else the lines of standard input; a terminal with neither gets a prompt.

    Args:
        model: a path or name.
        texts: list of texts, or `None`.
        lines: `AnswerLines`, how answers are printed.
        prefix: a text with which every translation begins.
        json_input: whether each line is a JSON object with `text`, maybe `prefix`, and fields that are passed through.
        ensemble: more models.
        **options: as for `Decoding`.
    """
    for path in (model, *ensemble):
        find_model(path)  # before TensorFlow: mistakes answer at once
    check_texts([*(texts or []), prefix or ""])
    interactive = bool(texts) or sys.stdin.isatty()
    start_tensorflow(many_batches=not interactive)
    from keras_s2s.decoding import Decoding
    from keras_s2s.translator import Translator

    Decoding(**options)
    translator = Translator.load(model)
    if ensemble:
        translator = Translator.ensemble([translator, *(Translator.load(path) for path in ensemble)])

    def answer(requests):
        prefixes = [request.get("prefix", prefix or "") for request in requests]
        answers = translator([request["text"] for request in requests],
                             prefix=prefixes if any(prefixes) else None, **options)
        for request, one in zip(requests, answers, strict=True):
            lines.print(one, {name: value for name, value in request.items() if name not in ("text", "prefix")})
        sys.stdout.flush()

    parse = _request if json_input else lambda line, number: {"text": line}
    if texts:
        answer([parse(text, number) for number, text in enumerate(texts, start=1)])
    elif interactive:
        _prompt(lambda line: answer([parse(line, 1)]))
    else:
        done = 0
        for chunk in _chunks(sys.stdin.buffer, parse, options.get("n_best", 1)):
            answer(chunk)
            done += len(chunk)
            if done > _OF_PIPE:
                print(f"{done:,} lines", end="\r", file=sys.stderr, flush=True)


def check_texts(texts):
    """Refuses arguments that are not UTF-8."""
    for text in texts:
        if any("\ud800" <= character <= "\udfff" for character in text):  # what Python makes of other bytes
            raise UserError(f"the text {text.encode(errors='replace').decode()!r} is not UTF-8", "expected UTF-8",
                            "set the terminal to UTF-8, or put the text into a file and convert it with iconv")


def _prompt(answer):
    print("Type a text and press Enter; end with Ctrl-D.", file=sys.stderr)
    while True:
        try:
            line = input("> ")
        except EOFError:
            return
        answer(line)


def _request(line, number):
    try:
        request = json.loads(line)
        texts = [request["text"], request.get("prefix", "")]
        if not all(isinstance(text, str) for text in texts):
            raise TypeError("text and prefix are strings")
        json.dumps(request, ensure_ascii=False, allow_nan=False).encode()  # whether it can be passed through
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(f"line {number} is no request ({type(error).__name__}: {error})",
                        'expected a JSON object such as {"text": "..."}',
                        "mend the line, or leave --json-input out") from error
    return request


def _chunks(stream, parse, n_best):
    """Requests from the lines of a byte stream, split at line feeds alone, a chunk at a time; fewer where each gets
    many answers, which are kept until they are printed."""
    requests: list[dict] = []
    try:
        of_file = stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, AttributeError):
        of_file = False
    try:
        for number, line in enumerate(stream, start=1):
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise UserError(f"line {number} of standard input is not UTF-8 (byte {error.start + 1})",
                                "expected UTF-8", "convert it: iconv -f LATIN1 -t UTF-8") from error
            text = text.removesuffix("\n").removesuffix("\r").removeprefix("\ufeff" if number == 1 else "")
            requests.append(parse(text, number))
            if len(requests) == max((_OF_FILE if of_file else _OF_PIPE) // n_best, 64):
                yield requests
                requests = []
    except UserError:
        if requests:
            yield requests  # what came before the mistake is answered
        raise
    if requests:
        yield requests
