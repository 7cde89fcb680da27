"""Lines of files of any size, and what is wrong with them."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def cut_lines(stream, limit):
    """`(line, size)` of each line of a binary stream, split at line feeds alone: its first `limit` bytes at most, and
    its size in bytes with its line feed. A file without any line feed does not fill the memory."""
    while line := stream.readline(limit):
        size, rest = len(line), line
        while len(rest) == limit and not rest.endswith(b"\n"):
            rest = stream.readline(limit)
            size += len(rest)
        yield line, size


def source_of(line, size, number, max_bytes, reject_empty):
    """`(text, error)` of a line as `cut_lines` gives it: bytes without the line's end, and what is wrong or `None`."""
    text = line.removesuffix(b"\n").removesuffix(b"\r").removeprefix(_BYTE_ORDER_MARK if number == 1 else b"")
    if size > len(line) or len(text) > max_bytes:
        return text[:max_bytes], f"longer than {max_bytes} bytes"
    if reject_empty and not text.strip():
        return text, "empty"
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return text, f"not UTF-8 (byte {error.start + 1})"
    return text, None
