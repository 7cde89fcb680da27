"""The one exception for everything that a user's input can cause."""

import re

# A sentence may begin with an English word; a path, an option or a command stays as it was given.
_WORD_AT_THE_BEGINNING = re.compile(r"[a-z]+(?=[\s,;:?!]|\.?$)")
# After a path, a setting or a list of numbers a full stop would be copied with it.
_WORD_AT_THE_END = re.compile(r"(?:^|\s)[(\[\"'`]*[A-Za-z0-9][A-Za-z0-9'-]*[)\]\"'`]*$")


class UserError(ValueError):
    """A mistake in what the user gave, told in three parts.

    Args:
        given: What was given or what happened, e.g. `"pairs.tsv, line 3, has 3 columns"`.
        expected: What was expected instead, e.g. `"expected 2: source TAB target"`.
        fix: What to do about it, e.g. `"choose two of them with --columns 1,2"`.

    The command line prints the message on standard error and exits with status 2. It has a line for each
    part that is not empty, begun with a capital and ended with a full stop, unless that would change a path,
    a command or a value.
    """

    def __init__(self, given: str, expected: str, fix: str):
        self.given, self.expected, self.fix = given, expected, fix
        super().__init__("\n".join(_sentence(part) for part in (given, expected, fix) if part))

    def __reduce__(self):
        # An exception is pickled with its message alone, which is not what this one is built from.
        return type(self), (self.given, self.expected, self.fix)


def _sentence(part: str) -> str:
    if _WORD_AT_THE_BEGINNING.match(part):
        part = part[0].upper() + part[1:]
    return f"{part}." if _WORD_AT_THE_END.search(part) else part


def shortened(value, most=80):
    """A value as messages quote it: its `repr`, cut where that is long. A user may give numbers of any length.

    >>> shortened("abc"), shortened("x" * 1000, most=10)
    ("'abc'", "'xxxxxxxxx...")
    """
    try:
        text = repr(value)
    except ValueError:  # Python writes no whole number of more than 4300 digits
        return f"a number of {value.bit_length()} bits" if isinstance(value, int) else f"a {type(value).__name__}"
    return text if len(text) <= most else f"{text[:most]}..."
