"""The tokenizers once more, written from the format's description alone: plain Python, no TensorFlow, no regular
expressions, no code of the package. What `to_json` says is all it knows, as in any other runtime."""

import json
import unicodedata

import numpy as np


class ContractTokenizer:
    """A tokenizer that knows `tokenizer.to_json()` only."""

    def __init__(self, described):
        self.rules = json.loads(json.dumps(described, ensure_ascii=False))
        self.vocabulary = self.rules["vocabulary"]
        self.ids = {token: index for index, token in enumerate(self.vocabulary) if index >= 4}

    def normalize(self, text):
        rules = self.rules["normalization"]
        assert rules["unicode"] == "NFC"
        spaced = "".join(" " if c in rules["spaces"] else c for c in unicodedata.normalize("NFC", text))
        trimmed = " ".join(word for word in spaced.split(" ") if word)
        return "".join(rules["lowercase_map"].get(c, c) for c in trimmed) if rules["lowercase"] else trimmed

    def tokenize(self, text):
        """`(ids, surfaces)`."""
        surfaces = getattr(self, "_" + self.rules["type"])(self.normalize(text))
        return [self.ids.get(surface, 1) for surface in surfaces], surfaces

    def detokenize(self, ids):
        unknown = {"character": "\ufffd", "word": "<unk>", "sentencepiece": "▁⁇▁"}[self.rules["type"]]
        tokens = [unknown if index == 1 else self.vocabulary[index] for index in ids if index == 1 or index > 3]
        if self.rules["type"] == "word":
            return " ".join(tokens)
        text = "".join(tokens)
        return text.replace("▁", " ").strip(" ") if self.rules["type"] == "sentencepiece" else text

    def _character(self, text):
        return list(text)

    def _word(self, text):
        for mark in set(text) & set(self.rules["punctuation"]):
            text = text.replace(mark, f" {mark} ")
        return [word for word in text.split(" ") if word]

    def _sentencepiece(self, text):
        text = ("▁" + text.replace(" ", "▁")).rstrip("▁") if text else ""
        scores, unknown_score = np.float32(self.rules["scores"]), np.float32(self.rules["unknown_score"])
        longest = max(map(len, self.ids))
        best = [(np.float32(0), None)] + [None] * len(text)  # score of the best way to a place, and its last piece
        for start in range(len(text)):
            known = False
            for end in range(start + 1, min(start + longest, len(text)) + 1):
                piece = text[start:end]
                if piece in self.ids:
                    known |= end == start + 1
                    offer(best, end, float(best[start][0]) + float(scores[self.ids[piece]]), piece)
            if not known:
                offer(best, start + 1, float(np.float32(best[start][0] + unknown_score)), text[start])
        pieces, end = [], len(text)
        while end:
            piece = best[end][1]
            if pieces and piece not in self.ids and pieces[0] not in self.ids:
                pieces[0] = piece + pieces[0]  # neighbouring unknown characters are one token
            else:
                pieces.insert(0, piece)
            end -= len(piece)
        return pieces


def offer(best, end, score, piece):
    """Keeps a way to a place that is strictly better; scores are compared in double, kept in single precision."""
    if best[end] is None or score > float(best[end][0]):
        best[end] = (np.float32(score), piece)
