"""The number forms of JCAMP-DX tables: AFFN, PAC, SQZ, DIF and DUP.

Pure Appl. Chem. 71 (1999) 1549, table of pseudo-digits. An exponent needs its sign (1.5E+03): a bare E is the SQZ digit
of +5.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from pathlib import Path

from ...errors import FileFormatError

MAX_POINTS = 2**22
"""No table is longer: a duplicate count can stand for more points than memory holds."""

_SQZ = {letter: str(value) for value, letter in enumerate("@ABCDEFGHI")} | {
    letter: f"-{value}" for value, letter in enumerate("abcdefghi", 1)
}
_DIF = {letter: str(value) for value, letter in enumerate("%JKLMNOPQR")} | {
    letter: f"-{value}" for value, letter in enumerate("jklmnopqr", 1)
}
_DUP = {letter: str(value) for value, letter in enumerate("STUVWXYZs", 1)}

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]\d+)?"
_TOKEN = re.compile(rf"[ \t,;]*(?:({_NUMBER})|([@%A-Sa-sT-Z])(\d*\.?\d*))[ \t,;]*")
_LONGEST = 40
"""Characters in one number."""


class Ordinates:
    """The Y values of a `(X++(Y..Y))` table, line after line, with the Y checks of the DIF form."""

    def __init__(self, path: Path) -> None:
        self.values = array("d")
        self._path = path
        self.check_due = False

    def add_line(self, text: str, line: int) -> tuple[float, str, int]:
        """Take one line in.

        Returns
        -------
        (x, x_text, index)
            The line's X as printed, and the index of the point it belongs to.

        Raises
        ------
        FileFormatError
            A character is no number, a Y check fails, or there are more than `MAX_POINTS` points; names the line.
        """
        tokens = split_tokens(self._path, text, line)
        x, x_text = _abscissa(self._path, tokens[0], line)
        index = len(self.values) - self.check_due
        ordinates = tokens[1:]
        if self.check_due and ordinates:
            self._check(ordinates[0], line)
            ordinates = ordinates[1:]
        step = None
        for kind, number in ordinates:
            step = self._add(kind, number, step, line)
        self.check_due = step is not None
        return x, x_text, index

    def _check(self, token: tuple[str, str], line: int) -> None:
        kind, number = token
        if kind not in ("affn", "sqz") or not _equal(float(number), self.values[-1]):
            raise FileFormatError(
                f"{self._path}: line {line}: the Y check fails: the line before ends with {self.values[-1]:.10g},"
                f" this one opens with {number}: the data are damaged, export the file again"
            )

    def _add(self, kind: str, number: str, step: float | None, line: int) -> float | None:
        """Append what one token stands for; the difference in force, or None after an ordinate of its own."""
        if kind in ("affn", "sqz"):
            self.values.append(float(number))
            return None
        if not self.values:
            raise FileFormatError(f"{self._path}: line {line}: the table opens with a difference or repeat of nothing")
        if kind == "dif":
            self.values.append(self.values[-1] + float(number))
            return float(number)
        self._repeat(number, step, line)
        return step

    def _repeat(self, number: str, step: float | None, line: int) -> None:
        count = int(number) - 1 if number.isdigit() else -1
        if count < 0 or len(self.values) + count > MAX_POINTS:
            raise FileFormatError(f"{self._path}: line {line}: a repeat count of {number[:_LONGEST]} is not possible")
        if step is None:
            self.values.extend([self.values[-1]] * count)
        else:
            for _ in range(count):
                self.values.append(self.values[-1] + step)


def split_tokens(path: Path, text: str, line: int) -> list[tuple[str, str]]:
    """The numbers of a table line as (form, digits), form one of "affn", "sqz", "dif", "dup".

    Raises
    ------
    FileFormatError
        A character belongs to no number; names the line.
    """
    tokens = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.end() - at > _LONGEST + 40:
            raise FileFormatError(
                f"{path}: line {line}: {text[at : at + 20]!r} is no JCAMP-DX number: export the file again"
            )
        number, letter, digits = found.groups()
        tokens.append(("affn", number) if number else _pseudo(letter, digits))
        at = found.end()
    if not tokens:
        raise FileFormatError(f"{path}: line {line}: no number on the line: export the file again")
    return tokens


def numbers_of(path: Path, lines: Sequence[str], first: int) -> list[tuple[int, list[float]]]:
    """The plain numbers of each line that holds any, with its line number (`first` for the first line)."""
    found = []
    for line, text in enumerate(lines, first):
        if text:
            tokens = split_tokens(path, text, line)
            if any(kind != "affn" for kind, _ in tokens):
                raise FileFormatError(f"{path}: line {line}: compressed numbers in a table of pairs")
            found.append((line, [float(number) for _, number in tokens]))
    return found


def _pseudo(letter: str, digits: str) -> tuple[str, str]:
    if letter in _SQZ:
        return "sqz", _SQZ[letter] + digits
    if letter in _DIF:
        return "dif", _DIF[letter] + digits
    return "dup", _DUP[letter] + digits


def _abscissa(path: Path, token: tuple[str, str], line: int) -> tuple[float, str]:
    kind, number = token
    if kind not in ("affn", "sqz"):
        raise FileFormatError(f"{path}: line {line}: the line does not open with its X: export the file again")
    return float(number), number


def _equal(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1.0)
