"""Request bodies that were right once: what a careless or malicious client may send."""

import copy
import gzip
import json
import random
import re

RIGHT = (
    ("toy", {"instances": ["abc", "ünï", ""]}),
    ("toy", {"inputs": {"text": ["abc", "日本"]}}),
    ("toy", {"signature_name": "explain", "instances": [{"text": "abc"}, {"text": "de"}]}),
    ("toy", {"signature_name": "score", "inputs": {"source": ["a", "b"], "target": ["c", "d"]}}),
    ("toy", {"signature_name": "numbers",
             "inputs": {"ids": [[1, 2], [3, 4]], "factor": [0.5, 2], "negate": [True, False]}}),
    ("toy", {"signature_name": "numbers", "instances": [{"ids": [1, 2], "factor": 1e3, "negate": False}]}),
    ("toy", {"signature_name": "raw", "instances": [{"b64": "/wAA"}, "plain"]}),
    ("toy", {"signature_name": "picky", "instances": ["12.5"]}),
    ("toy", {"signature_name": "summary", "inputs": ["a", "b"]}),
    ("dates", {"instances": ["March 3rd, 1999", "2. Februar 2024"]}),
    ("dates", {"signature_name": "explain", "inputs": {"text": ["5 mai 2001"]}}),
    ("dates", {"signature_name": "nbest", "instances": [{"text": "1/2/2003", "beam_size": 3}]}),
    ("dates", {"signature_name": "prefix", "instances": [{"text": "1/2/2003", "target_prefix": "20"}]}),
    ("dates", {"signature_name": "score", "instances": [{"source": "5 mai 2001", "target": "2001-05-05"}]}),
)
VALUES = (
    None, True, False, 0, -1, 1, 3, 2**31, 2**63, 2**64, -(10**30), 0.5, 1e39, -0.0, "", "a", "\x00", [], {}, [[]],
    [None], ["a", ["b"]], [["a"], ["b", "c"]], {"b64": 5}, {"b64": "%%%"}, {"b64": "YQ==", "more": 1}, {"text": []},
    ["a"] * 600, [1e400], {"": ""}, "instances", "no such", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\u202eabc",
    "\u0301" * 50, "x" * 3000, "x" * 70_000,
)
NUMBERS = ("1e400", "-1e999999", "9" * 5000, "0." + "1" * 5000, "1e-5000", "0x10", "01", "+1", "1.", ".5", "NaN",
           "-Infinity", "Inf", "nan", "1e", "--1")
PIECES = (b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\\ud800", b"\\udc00\\ud800", b"\\u12", b"\x00",
          b'"', b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\n", b"/**/", b"\xef\xbb\xbf", b"'")


class Mutations:
    """An endless supply of bodies.

    Args:
        seed: Of the choices.
    """

    def __init__(self, seed: int):
        self._chance = random.Random(seed)
        self._ways = (self._other_value, self._other_value, self._missing, self._nested, self._number, self._pieces,
                      self._pieces, self._doubled_key, self._truncated, self._shuffled, self._packed, self._bomb,
                      self._garbage, self._right, self._tedious)

    def next(self) -> tuple[str, bytes, bool]:
        """The model that is asked, the body, and whether it claims to be packed."""
        model, body = self._chance.choice(RIGHT)
        way = self._chance.choice(self._ways)
        data = way(json.loads(json.dumps(body)))
        if isinstance(data, tuple):
            return model, *data
        if not isinstance(data, bytes):
            data = json.dumps(data, ensure_ascii=self._chance.random() < 0.5).encode("utf-8", "surrogatepass")
        return model, data, False

    def _places(self, node, found=None):
        found = [] if found is None else found
        for key in (node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()):
            found.append((node, key))
            self._places(node[key], found)
        return found

    def _other_value(self, body):
        for _ in range(self._chance.randint(1, 3)):
            node, key = self._chance.choice(self._places(body))
            node[key] = copy.deepcopy(self._chance.choice(VALUES))
            if not self._places(body):
                break
        return body

    def _missing(self, body):
        node, key = self._chance.choice(self._places(body))
        if isinstance(node, list) or self._chance.random() < 0.5:
            del node[key]
        else:
            node[key + self._chance.choice(("s", "_bytes", " ", "\x00"))] = node.pop(key)
        return body

    def _nested(self, body):
        depth = self._chance.choice((2, 50, 127, 129, 1000, 100_000))
        key, value = self._chance.choice((
            ("instances", "[" * depth + "]" * depth), ("inputs", '{"text":' * depth + "1" + "}" * depth),
            ("other", "[" * depth), ("instances", '["' + "[" * depth + '"]')))
        return f'{{"{key}": {value}}}'.encode()

    def _number(self, body):
        text = json.dumps(body)
        number = self._chance.choice(NUMBERS)
        return re.sub(r'-?\d+(\.\d+)?|"[^"]*"(?=[\],}])',
                      lambda found: number if self._chance.random() < 0.5 else found[0], text).encode()

    def _pieces(self, body):
        data = bytearray(json.dumps(body, ensure_ascii=False).encode())
        for _ in range(self._chance.randint(1, 4)):
            place = self._chance.randrange(len(data) + 1)
            data[place:place + self._chance.choice((0, 0, 1, 5))] = self._chance.choice(PIECES)
        return bytes(data)

    def _doubled_key(self, body):
        text = json.dumps(body)
        key = self._chance.choice(re.findall(r'"(\w+)":', text))
        value = json.dumps(self._chance.choice(VALUES[:20]))
        return text.replace(f'"{key}":', f'"{key}": {value}, "{key}":', 1).encode()

    def _truncated(self, body):
        data = json.dumps(body).encode()
        return data[:self._chance.randrange(len(data))]

    def _shuffled(self, body):
        data = bytearray(json.dumps(body).encode())
        begin = self._chance.randrange(len(data))
        part = data[begin:begin + 8]
        self._chance.shuffle(part)
        data[begin:begin + 8] = part
        return bytes(data)

    def _packed(self, body):
        data = gzip.compress(json.dumps(body).encode())
        damaged = self._chance.choice((data, data[:-5], data[3:], data[:10] + b"\x00" + data[10:], b""))
        return damaged, True

    def _bomb(self, body):
        size = self._chance.choice((100_000, 10_000_000))
        filling = self._chance.choice((b" ", b"[", b'{"instances": ["', b"\x00"))
        return gzip.compress(filling * (size // len(filling)), 6), True

    def _garbage(self, body):
        return self._chance.randbytes(self._chance.choice((0, 1, 10, 1000)))

    def _right(self, body):
        return body

    def _tedious(self, body):
        """What costs a careless parser the square of the length."""
        size = self._chance.choice((10_000, 100_000, 1_000_000))
        end = self._chance.choice((b"", b"\\", b'"]}'))
        return self._chance.choice((
            b'{"instances": ["Inf' + b'\\"' * (size // 2) + end,
            b'{"x": Inf, "instances": ["' + b"\\\\" * (size // 2) + end,
            b"{" + b",".join(b'"%d":0' % number for number in range(size // 10)) + b"}" + end,
            b'{"instances": [' + b'":",' * (size // 4) + b"1" + end,
            b'{"inputs": ["' + b"[" * size + b'"], "inputs": 1}' + end))
