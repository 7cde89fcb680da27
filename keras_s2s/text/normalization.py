"""Normalisation of text, the same in TensorFlow's graph and in JavaScript.

Unicode properties and case rules differ between languages and versions, so nothing here leans on them: NFC (on
which TensorFlow and JavaScript agree), an explicit set of spaces, and lower case code point by code point, for which
the exporter writes down TensorFlow's table.
"""

import functools

import tensorflow as tf
import tensorflow_text as tf_text

# Unicode's White_Space, the separators of ASCII (1C-1F), zero-width space and the byte-order mark; and the 66 code
# points that are no characters and never will be, of which some of TensorFlow's operations make something else.
SPACES = "".join(map(chr, [*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200C),
                           0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF, *range(0xFDD0, 0xFDF0),
                           *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))]))
_SPACE_RUN = "[" + "".join(f"\\x{{{ord(character):X}}}" for character in SPACES) + "]+"


def normalize(texts, lowercase=False):
    """Normalises texts, in graph.

    Args:
        texts: string tensor `(batch,)`. Invalid UTF-8 becomes U+FFFD.
        lowercase: bool.

    Returns:
        string tensor `(batch,)`: NFC, single spaces, none at the ends.
    """
    texts = tf.strings.unicode_transcode(texts, "UTF-8", "UTF-8", errors="replace")
    texts = tf_text.normalize_utf8(texts, "NFC")
    texts = tf.strings.strip(tf.strings.regex_replace(texts, _SPACE_RUN, " "))
    if not lowercase:
        return texts
    # Code point by code point: lower case of a whole string depends on the neighbours (Greek final sigma).
    return tf.strings.reduce_join(tf.ragged.map_flat_values(_lower, tf.strings.unicode_split(texts, "UTF-8")), axis=-1)


# What `tf.strings.lower` makes of these depends on the language that the machine is set to (a Turkish one writes I
# as a dotless i), or, of NUL, is lost.
_LOWER_EVERYWHERE = {"I": "i", "\u0130": "i\u0307", "\u00cc": "\u00ec", "\u00cd": "\u00ed", "\u0128": "\u0129",
                     "\0": "\0"}


def _lower(characters):
    lowered = tf.strings.lower(characters, encoding="utf-8")
    for character, lower in _LOWER_EVERYWHERE.items():
        lowered = tf.where(characters == character, lower, lowered)
    return lowered


def normalization_to_json(lowercase):
    """The rules for other runtimes: `unicode`, `spaces`, `lowercase`, `lowercase_map`."""
    return {"unicode": "NFC", "spaces": SPACES, "lowercase": lowercase,
            "lowercase_map": lowercase_map() if lowercase else {}}


@functools.cache
def lowercase_map():
    """Every code point that TensorFlow changes in lower case, with what it becomes."""
    characters = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    lowered = [value.decode() for value in tf.strings.lower(tf.constant(characters), encoding="utf-8").numpy()]
    table = dict(zip(characters, lowered, strict=True)) | _LOWER_EVERYWHERE
    return {character: lower for character, lower in table.items() if character != lower}


@functools.cache
def punctuation():
    """Every code point that TensorFlow's regular expressions count as punctuation or symbol, as one string."""
    characters = tf.constant([chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000])
    matches = tf.strings.regex_full_match(characters, r"[\p{P}\p{S}]")
    return b"".join(tf.boolean_mask(characters, matches).numpy()).decode()
