"""What users give as text."""

from collections.abc import Iterable

from keras_s2s.errors import UserError


def checked_texts(texts):
    """The texts as a list; refuses what is no string."""
    is_many = isinstance(texts, Iterable) and not isinstance(texts, str | bytes)
    listed = list(texts) if is_many else [None]
    wrong = [text for text in listed if not isinstance(text, str)]
    if wrong:
        raise UserError(f"got {type(wrong[0] if is_many else texts).__name__} in place of text",
                        "expected a string or a list of strings", "convert it with str()")
    return listed


def utf8(text):
    """The text's bytes. Half a surrogate pair, which UTF-8 cannot express, becomes U+FFFD, as in JavaScript."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
