"""A written bundle is run in JavaScript before anyone relies on it."""

import json
import re
import shutil
import subprocess
import sys
from importlib import resources

import numpy as np
import tensorflow as tf

from keras_s2s.errors import UserError
from keras_s2s.ids import START_ID
from keras_s2s.text.encoding import utf8

OLDEST_NODE = 20
TIE = 1e-4
"""Where Python's own two best candidates lie this near, either is right."""

_SCRIPT = resources.files("keras_s2s") / "assets" / "node" / "check.mjs"
_ATTENTION, _LOG_PROB = 1e-4, 1e-3
_MOST_TEXTS = 16


def check_bundle(translator, path):
    """Runs a bundle in Node, with the runtime that pages get, and compares its answers with Python's.

    Both kinds of loop translate the model's examples, an empty text and one of the vocabulary's first tokens. Where
    there is no Node, standard error says that nothing was checked.

    Args:
        translator: a `Translator` with exactly the bundle's numbers.
        path: the bundle's folder, with `manifest.json`.

    Returns:
        bool. Whether it was checked.

    Raises:
        UserError: where an answer differs, or none comes.
    """
    missing = _missing()
    if missing:
        print(f"The model was not checked in JavaScript: {missing}.", file=sys.stderr)
        return False
    texts = check_texts(translator)
    answers = answers_in_node(path, texts)
    python = translator(texts)
    for loop, others in answers.items():
        for answer, other in zip(python, others, strict=True):
            difference = difference_of(translator, answer, other)
            if difference:
                raise UserError(f"the exported model answers {answer.source[:60]!r} otherwise in JavaScript "
                                f"({loop} loop): {difference}", "expected the same answer in Python and JavaScript",
                                "use the model with --saved-model, and report this with its config.yaml")
    return True


def check_texts(translator):
    """The texts that are compared."""
    ids = tf.range(4, min(12, translator.source.vocabulary_size()))[tf.newaxis]
    return [*translator.examples[:_MOST_TEXTS], translator.source.detokenize(ids).numpy()[0].decode(), ""]


def gap_at_first_difference(translator, answer, tokens):
    """Difference of Python's two largest logits where other tokens leave an answer's.

    Args:
        translator: the Python side.
        answer: its `Translation`.
        tokens: list of token strings that are not `answer.tokens`.
    """
    place = next((index for index, (own, other) in enumerate(zip(answer.tokens, tokens, strict=False))
                  if own != other), min(len(answer.tokens), len(tokens)))
    ids = {token: index for index, token in enumerate(translator.target.get_vocabulary())}
    source, _ = translator.graph.encode_source(tf.constant([utf8(answer.source)]))
    memory, state = translator.model.encode(source)
    token = START_ID
    for index in range(place + 1):
        logits, state, _ = translator.model.step(tf.constant([token]), state, memory)
        token = ids[answer.tokens[index]] if index < place else token
    second, best = np.sort(np.asarray(logits)[0])[-2:]
    return float(best - second)


def _missing():
    """What is needed and not there, or `None`."""
    node = shutil.which("node")
    if node is None:
        return "there is no Node on this machine"
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.match(r"v(\d+)", version)
    if number is None or int(number[1]) < OLDEST_NODE:
        return f"it takes Node {OLDEST_NODE}, here is {version.strip() or 'one that does not start'}"
    return None if _SCRIPT.is_file() else "its script is not built (npm run build:check in apps/browser)"


def answers_in_node(path, texts, loops=("step", "graph"), seconds=600):
    """`{loop: answers}` of a bundle in its folder, as the runtime's `translate` gives them.

    Raises:
        UserError: where none come within so many seconds.
    """
    try:
        with resources.as_file(_SCRIPT) as script:
            ended = subprocess.run(["node", str(script), str(path), *loops], input=json.dumps(texts),
                                   capture_output=True, encoding="utf-8", timeout=seconds, check=False)
        # TF.js greets Node's users first, between rulers.
        problem = ended.stderr.rpartition("=" * 20)[2].strip()[-2000:]
        if ended.returncode == 0:
            return json.loads(ended.stdout)
    except subprocess.TimeoutExpired:
        problem = f"it took more than {seconds} seconds"
    raise UserError(f"the exported model does not run in JavaScript: {problem}",
                    f"expected answers for {len(texts)} texts",
                    "use the model with --saved-model, and report this with its config.yaml")


def difference_of(translator, answer, other):
    """What is not the same in a `Translation` and an answer in JavaScript, or `None`; near ties are the same."""
    if other["sourceTokens"] != answer.source_tokens:
        return f"it reads {other['sourceTokens']}, not {answer.source_tokens}"
    if other["tokens"] != answer.tokens:
        if gap_at_first_difference(translator, answer, other["tokens"]) <= TIE:
            return None
        return f"{other['text']!r}, not {answer.text!r}"
    for name, allowed, own in (("attention", _ATTENTION, answer.attention),
                               ("tokenLogProbs", _LOG_PROB, answer.token_log_probs)):
        numbers = np.asarray(other[name], "float32").reshape(np.shape(own))
        # Not a number is a difference, too.
        if not np.allclose(numbers, own, rtol=0, atol=allowed):
            return f"{name} differs by {np.abs(numbers - own).max():.2g}"
    return None
