"""The one exception for everything that a user's input can cause."""


class UserError(ValueError):
    """A mistake in what the user gave, told in three parts.

    Args:
        given: What was given or what happened, e.g. `"pairs.tsv, line 3, has 3 columns"`.
        expected: What was expected instead, e.g. `"expected 2: source TAB target"`.
        fix: What to do about it, e.g. `"choose two of them with --columns 1,2"`.

    The command line prints the message on standard error and exits with status 2.
    """

    def __init__(self, given: str, expected: str, fix: str):
        self.given, self.expected, self.fix = given, expected, fix
        super().__init__("\n".join(part[:1].upper() + part[1:] + ("" if part.endswith((".", "?", "!")) else ".")
                                   for part in (given, expected, fix) if part))
