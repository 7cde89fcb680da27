"""Pairs of texts from files: one file of tab-separated columns, or two files aligned line by line."""

import os
import re
from collections.abc import Sequence

from keras_s2s.data.lines import read_lines
from keras_s2s.errors import UserError

Pair = tuple[str, str]


def read_pairs(path: str | os.PathLike[str], columns: Sequence[int] | None = None,
               header: bool = False) -> list[Pair]:
    r"""The pairs of a tab-separated file: source TAB target, one pair a line.

    Args:
        path: A UTF-8 file, plain or gzip (told by its content), with or without byte-order mark, its lines
            ended by `\n` or `\r\n`. Nothing is quoted or escaped: `"` is a character like any other.
        columns: The columns of source and target, counted from 1, where the file has others too. Default:
            none named; then every line must have exactly two.
        header: Leave out the first line. Default: false.

    Returns:
        The pairs in the order of the file, their texts unchanged. A side may be empty (`"\tb"`): such pairs
        are counted by `inspect` and of no use in training. Blank lines at the end of the file are left out;
        a blank line before a pair is an error, since a pair seems to be missing there.

    Raises:
        UserError: Whatever `read_lines` raises, a line with another number of columns or without one that
            was asked for (file and line are named), and a file without pairs.
    """
    chosen = None if columns is None else check_columns(columns)
    lines = read_lines(path)
    first = 2 if header else 1
    while lines and "\t" not in lines[-1] and not lines[-1].strip():
        lines.pop()
    if len(lines) < first:
        state = "has only a header" if lines else "is empty"
        raise UserError(f"{path} {state}", "expected at least one line: source TAB target",
                        "put pairs into it")
    rows = [line.split("\t") for line in lines[first - 1:]]
    if chosen is None:
        wrong = [number for number, row in enumerate(rows, first) if len(row) != 2]
        if wrong:
            raise _wrong_count(path, wrong, rows[wrong[0] - first])
        return [(row[0], row[1]) for row in rows]
    highest = max(chosen)
    for number, row in enumerate(rows, first):
        if len(row) < highest:
            asked = f"--columns {chosen[0]},{chosen[1]}"
            raise UserError(f"{path}, line {number}, has {_counted(len(row), 'column')}",
                            f"expected at least {highest}, as {asked} asks for",
                            "mend the line, or choose other columns with --columns")
    source, target = chosen[0] - 1, chosen[1] - 1
    return [(row[source], row[target]) for row in rows]


def read_parallel(source_path: str | os.PathLike[str], target_path: str | os.PathLike[str]) -> list[Pair]:
    """The pairs of two files, where line n of one belongs to line n of the other.

    Args:
        source_path: The source texts, one a line. UTF-8, plain or gzip, as for `read_pairs`.
        target_path: The target texts, one a line.

    Returns:
        The pairs in order, blank lines included: an empty line is an empty text.

    Raises:
        UserError: Whatever `read_lines` raises, files of different length, and empty files.
    """
    sources, targets = read_lines(source_path), read_lines(target_path)
    if len(sources) != len(targets):
        counts = f"{_counted(len(sources), 'line')} and {target_path} has {_counted(len(targets), 'line')}"
        raise UserError(
            f"{source_path} has {counts}",
            "expected as many in both: line n of one belongs to line n of the other",
            f"align them: after line {min(len(sources), len(targets))} only one of them goes on, "
            "but a line may be missing long before")
    if not sources:
        raise UserError(f"{source_path} and {target_path} are empty", "expected at least one line in each",
                        "put texts into them")
    return list(zip(sources, targets, strict=True))


def parse_columns(text: str) -> tuple[int, int]:
    """The two column numbers of `--columns`, e.g. `(2, 1)` from `"2,1"`.

    Raises:
        UserError: The text is not two numbers from 1, separated by a comma.
    """
    numbers = re.fullmatch(r"\s*([0-9]+)\s*,\s*([0-9]+)\s*", text)
    if not numbers:
        raise UserError(f"--columns {text} was given",
                        "expected the columns of source and target, counted from 1",
                        "for example --columns 1,2")
    return check_columns([int(number) for number in numbers.groups()])


def check_columns(columns: Sequence[int]) -> tuple[int, int]:
    """The columns of source and target as a tuple, once they are known to be two numbers from 1.

    Raises:
        UserError: They are not.
    """
    if len(columns) != 2 or any(isinstance(column, bool) or not isinstance(column, int) or column < 1
                                for column in columns):
        raise UserError(f"columns {','.join(map(str, columns))} were given",
                        "expected two columns, those of source and target, counted from 1",
                        "for example --columns 1,2")
    return columns[0], columns[1]


def _wrong_count(path: str | os.PathLike[str], wrong: list[int], row: list[str]) -> UserError:
    others = f" (and so {_counted(len(wrong) - 1, 'other line')})" if len(wrong) > 1 else ""
    expected = "expected 2: source TAB target"
    if len(row) > 2:
        return UserError(f"{path}, line {wrong[0]}, has {len(row)} columns{others}", expected,
                         "choose two of them with --columns 1,2")
    if not row[0].strip():
        return UserError(f"{path}, line {wrong[0]}, is blank{others}", expected,
                         "remove the line, or complete the pair")
    given = f"{path}, line {wrong[0]}, has 1 column, for there is no tab in it{others}"
    signs = {"commas": ",", "semicolons": ";", "bars": "|"}
    separators = [name for name, sign in signs.items() if sign in row[0]]
    hint = f"; if {separators[0]} separate them, save the file as tab-separated text" if separators else ""
    return UserError(given, expected, f"put a tab between source and target{hint}")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
