"""Which lines of which file go into which shard."""

import gzip
import zlib

from bulk.files import opened, write_whole
from bulk.lines import cut_lines
from keras_s2s.errors import UserError


def ranges_of(path, lines_per_shard):
    """`(path, [[first line from 1, offset in bytes, number of lines], ...])`. It reads the whole file."""
    ranges, offset = [], 0
    try:
        with opened(path) as stream:
            for number, (_, size) in enumerate(cut_lines(stream, 1 << 16), start=1):
                if number % lines_per_shard == 1 or lines_per_shard == 1:
                    ranges.append([number, offset, 0])
                ranges[-1][2] += 1
                offset += size
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UserError(f"{path} cannot be unpacked ({error})", "expected a whole .gz file", "copy it again") from error
    return path, ranges


def numbered(files, output):
    """Gives every range its shard, and writes `OUTPUT.shards.tsv`.

    Args:
        files: what `ranges_of` returned for each file.
        output: the prefix of the output.

    Returns:
        a list of `(path, [(shard, first line, offset, lines), ...], number of all shards)`. The ranges of a plain file
        stand alone, those of a .gz file together.
    """
    files = sorted(files)
    total = sum(len(ranges) for _, ranges in files)
    work, listed, number = [], [b"shard\tfile\tfirst_line\tlines"], 0
    for path, ranges in files:
        shards = []
        for first, offset, lines in ranges:
            shards.append((number, first, offset, lines))
            listed.append(f"{number}\t{path}\t{first}\t{lines}".encode())
            number += 1
        groups = [shards] if path.endswith(".gz") and shards else [[shard] for shard in shards]
        work += [(path, group, total) for group in groups]
    write_whole(f"{output}.shards.tsv", output, listed)
    return work
