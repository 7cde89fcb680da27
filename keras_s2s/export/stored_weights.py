"""The tensors of converted graphs in one file: each content once, in as few bytes as keep its numbers."""

import numpy as np

from keras_s2s.quantization import LEVELS, dequantized

_DTYPES = {"float32": "<f4", "int32": "<i4", "bool": "?"}


class StoredWeights:
    """Collects tensors.

    A float32 tensor is stored as uint8 where it is made of a quantised model's numbers, as float16 where that changes
    none of them, else as it is. So the constants of the formulas, 1/3 for example, are never rounded, which the
    converter's own quantisation would do: the browser would then compute with other numbers than Python.

    What is there already, also as a part of something larger or transposed, takes no bytes: give large tensors first.

    Args:
        lanes: list of `Lanes`, the model's matrices in uint8.
    """

    def __init__(self, lanes=()):
        self.blob = bytearray()
        self._grids = Grids(lanes) if lanes else None

    def add(self, spec, data):
        """Stores a tensor.

        Args:
            spec: dict with `name`, `shape`, `dtype`: `"float32"`, `"int32"` or `"bool"`.
            data: its bytes.

        Returns:
            `spec` with `ranges`, a list of `[offset, bytes]` whose bytes follow each other; with `transposed` where
            these are a matrix' columns; and with `quantization` where they are of another type: `{"dtype": "float16"}`,
            or `{"dtype": "uint8", "axis"}`, the scales of the lanes along `axis`, their minima (float32 both), and the
            numbers.
        """
        quantization, parts = self._smallest(spec, data)
        offsets = [self.blob.find(part) for part in parts]
        turned = {}
        if -1 in offsets and len(spec["shape"]) == 2:
            columns = np.frombuffer(data, _DTYPES[spec["dtype"]]).reshape(spec["shape"]).T
            other = self._smallest({**spec, "shape": spec["shape"][::-1]}, columns.tobytes())
            others = [self.blob.find(part) for part in other[1]]
            if -1 not in others:
                (quantization, parts), offsets, turned = other, others, {"transposed": True}
        for index, part in enumerate(parts):
            if offsets[index] == -1:
                offsets[index] = len(self.blob)
                self.blob.extend(part)
        stored = {"quantization": quantization} if quantization else {}
        return {**spec, **stored, **turned, "ranges": [[offset, len(part)] for offset, part in
                                                       zip(offsets, parts, strict=True)]}

    def _smallest(self, spec, data):
        """The quantization and the parts of a tensor."""
        if spec["dtype"] != "float32":
            return None, [data]
        values = np.frombuffer(data, "<f4").reshape(spec["shape"])
        found = self._grids.find(values) if self._grids else None
        if found:
            axis, *parts = found
            return {"dtype": "uint8", "axis": axis}, [part.tobytes() for part in parts]
        with np.errstate(over="ignore"):
            halved = values.astype("<f2")
        if np.array_equal(halved.astype("<f4"), values):
            return {"dtype": "float16"}, [halved.tobytes()]
        return None, [data]


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
        """The axis, scales, minima and numbers (little-endian) of a float32 tensor, `None` where it is none of them."""
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
                return axis, scales, minima, np.moveaxis(numbers, -1, axis)
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
