"""A run and what became of it."""

import difflib
from dataclasses import dataclass

from keras_s2s.trace import Trace


@dataclass(frozen=True, eq=False)
class Intervention:
    """The answer of `Translator.intervene`.

    Attributes:
        before: the `Trace` as the model wrote it by itself.
        after: the `Trace` of the run with the changes.
    """

    before: Trace
    after: Trace

    @property
    def changed(self):
        """Positions of target tokens of `after` that are new or other than before, in order."""
        return [place for tag, _, _, start, end in self._differences() if tag in ("replace", "insert")
                for place in range(start, end)]

    @property
    def removed(self):
        """Positions of target tokens of `before` that are gone or other afterwards, in order."""
        return [place for tag, start, end, _, _ in self._differences() if tag in ("replace", "delete")
                for place in range(start, end)]

    def show(self, height=720):
        """Shows both side by side; see `Trace.show`."""
        self.before.show(compare=self.after, height=height)

    def save_html(self, path):
        """Writes a page that shows both side by side; see `Trace.to_html`."""
        self.before.save_html(path, compare=self.after)

    def _differences(self):
        # Without difflib's heuristic, which ignores tokens that are frequent in long sequences.
        return difflib.SequenceMatcher(None, self.before.target_tokens, self.after.target_tokens,
                                       autojunk=False).get_opcodes()
