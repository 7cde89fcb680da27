"""Strings as UTF-8."""


def utf8(text):
    """The text's bytes. Half a surrogate pair, which UTF-8 cannot express, becomes U+FFFD, as in JavaScript.

    >>> utf8("\u00e4\ud83d")
    b'\xc3\xa4\xef\xbf\xbd'
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()
