"""How the command line prints translations."""

import json
from dataclasses import dataclass


@dataclass
class AnswerLines:
    """A line for each translation, whatever is in it; with n-best lists one for each of them.

    Args:
        as_json: bool. A JSON object each.
        n_best: bool. Lines `line ||| text ||| score`, `line` the number of the source, from 0.
        alignments: bool. A picture of the attention below each.
        pharaoh: bool. ` ||| 0-0 1-2` behind each: source word and target word, from 0.
    """

    as_json: bool = False
    n_best: bool = False
    alignments: bool = False
    pharaoh: bool = False
    _number: int = 0

    def print(self, answer, passed_through=None):
        """Prints an answer; `passed_through`: a dict of the request's other fields."""
        if self.as_json:
            print(json.dumps({**(passed_through or {}), **answer.to_dict()}, ensure_ascii=False))
        elif self.n_best:
            for one in answer.n_best or (answer,):
                # As Moses writes it: the sign would be read as a separator.
                text = _one_line(one.text).replace("|||", "&#124;&#124;&#124;")
                print(f"{self._number} ||| {text}{self._links(one)} ||| {one.score:.6f}")
        else:
            print(_one_line(answer.text) + self._links(answer))
        self._number += 1
        if self.alignments and not self.as_json and answer.has_attention:
            from keras_s2s.plots import ascii_alignment

            print(ascii_alignment(answer.source_tokens, answer.tokens, answer.attention))

    def _links(self, answer):
        if not self.pharaoh:
            return ""
        from keras_s2s.alignment import pharaoh

        return f" ||| {pharaoh(answer.word_alignment)}"


def _one_line(text):
    # A line in, a line out: no answer may break its line.
    return " ".join(text.splitlines())
