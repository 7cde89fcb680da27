"""The tensors of converted graphs in one file: each content once, in as few bytes as keep its numbers."""

import hashlib
import json

import numpy as np

from keras_s2s.quantization import LEVELS, dequantized


class StoredWeights:
    """Collects tensors.

    A float32 tensor is stored as uint8 where it is made of a quantised model's numbers, as float16 where that changes
    none of them, else as it is. So the constants of the formulas, 1/3 for example, are never rounded, which the
    converter's own quantisation would do: the browser would then compute with other numbers than Python.

    Args:
        lanes: list of `Lanes`, the model's matrices in uint8.
    """

    def __init__(self, lanes=()):
        self.blob = bytearray()
        self._places: dict[bytes, int] = {}
        self._grids = Grids(lanes) if lanes else None

    def add(self, spec, data):
        """Stores a tensor.

        Args:
            spec: dict with `name`, `shape`, `dtype`: `"float32"`, `"int32"` or `"bool"`.
            data: its bytes.

        Returns:
            `spec` with `offset`, `bytes` and, where it is stored in another type, `quantization`: `{"dtype": "float16"}`
            or `{"dtype": "uint8", "axis"}`, whose bytes are the scales of the lanes along `axis`, their minima (float32
            both), and the numbers.
        """
        quantization, data = self._smallest(spec, data)
        key = hashlib.sha256(json.dumps(quantization).encode() + data).digest()
        if key not in self._places:
            self.blob.extend(b"\0" * (-len(self.blob) % 4))  # every tensor begins on a multiple of 4 bytes
            self._places[key] = len(self.blob)
            self.blob.extend(data)
        stored = {"quantization": quantization} if quantization else {}
        return {**spec, **stored, "offset": self._places[key], "bytes": len(data)}

    def _smallest(self, spec, data):
        if spec["dtype"] != "float32":
            return None, data
        values = np.frombuffer(data, "<f4").reshape(spec["shape"])
        found = self._grids.find(values) if self._grids else None
        if found:
            axis, numbers, scales, minima = found
            return {"dtype": "uint8", "axis": axis}, scales.tobytes() + minima.tobytes() + numbers.tobytes()
        with np.errstate(over="ignore"):
            halved = values.astype("<f2")
        if np.array_equal(halved.astype("<f4"), values):
            return {"dtype": "float16"}, halved.tobytes()
        return None, data


class Grids:
    """Finds the numbers of uint8 matrices again in tensors that the converter has cut, stacked or turned."""

    def __init__(self, lanes):
        self._scales = np.concatenate([one.scales.ravel() for one in lanes])
        self._minima = np.concatenate([one.minima.ravel() for one in lanes])
        values, grids, start = [], [], 0
        for one in lanes:
            index = start + np.arange(one.scales.size).reshape(one.scales.shape)
            values.append(one.values.ravel())
            grids.append(np.broadcast_to(index, one.numbers.shape).ravel())
            start += one.scales.size
        joined = np.concatenate(values)
        order = np.argsort(joined, kind="stable")
        self._values, self._grid_of = joined[order], np.concatenate(grids)[order]

    def find(self, values):
        """The axis, numbers, scales and minima (little-endian) of a float32 tensor, `None` where it is none of them."""
        for axis in range(values.ndim if values.ndim > 1 and values.size else 0):
            lanes = np.moveaxis(values, axis, -1)
            length = lanes.shape[-1]
            # Two float32 numbers a lane: short lanes would take more bytes, not fewer.
            if length < 4:
                continue
            grids = []
            for lane in lanes.reshape(-1, length):
                grid = self._grid(lane)
                if grid is None:
                    break
                grids.append(grid)
            else:
                scales, minima = (numbers[grids].reshape(lanes.shape[:-1]).astype("<f4")
                                  for numbers in (self._scales, self._minima))
                numbers = self._numbers(lanes, scales[..., None], minima[..., None])
                return axis, np.ascontiguousarray(np.moveaxis(numbers, -1, axis)), scales, minima
        return None

    def _grid(self, lane):
        """The index of a scale and minimum that give exactly these numbers, or `None`."""
        first, last = (np.searchsorted(self._values, lane[0], side) for side in ("left", "right"))
        for grid in np.unique(self._grid_of[first:last]):
            scale, minimum = self._scales[grid], self._minima[grid]
            if np.array_equal(dequantized(self._numbers(lane, scale, minimum), scale, minimum), lane):
                return grid
        return None

    @staticmethod
    def _numbers(values, scales, minima):
        steps = (values.astype("float64") - minima) / np.where(scales == 0, 1, scales)
        return np.clip(np.rint(steps), 0, LEVELS).astype("uint8")
