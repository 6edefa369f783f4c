"""The CSV that this project writes: `key,value` lines, an empty line, a heading with units, then the numbers.

Numbers are written as Python's shortest text that reads back to the same float64, so a file read again is equal bit for
bit. The mark on the first line tells it from every other CSV.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..errors import FileFormatError
from .dataset import KINDS, Dataset
from .table import read_columns

MARK = "quayscan CSV,1"


def is_own_csv(lines: Sequence[str]) -> bool:
    """Whether the first line is the mark."""
    return lines[0].strip() == MARK


def own_csv(dataset: Dataset) -> str:
    """The text of a file that holds `dataset`."""
    stated = {
        "title": dataset.title,
        "name": dataset.name,
        "kind": dataset.kind,
        "technique": dataset.technique,
        "instrument": dataset.instrument,
        "laser_nm": "" if dataset.laser_nm is None else repr(float(dataset.laser_nm)),
        "saturated_fraction": repr(float(dataset.saturated_fraction)),
        "x_quantity": dataset.x_quantity,
        "x_unit": dataset.x_unit,
        "y_unit": dataset.y_unit,
    }
    head = [f"{key},{_one_line(value)}" for key, value in stated.items()]
    head += [f"note,{_one_line(note)}" for note in dataset.notes]
    heading = f"{_cell(dataset.x_quantity, dataset.x_unit, 'x')},{_cell('intensity', dataset.y_unit, '')}"
    rows = [f"{x!r},{y!r}" for x, y in zip(dataset.x.tolist(), dataset.y.tolist(), strict=True)]
    return "\n".join([MARK, *head, "", heading, *rows, ""])


def parse_own_csv(path: Path, lines: Sequence[str]) -> list[Dataset]:
    """The data set of one file, equal to the one written.

    Raises
    ------
    FileFormatError
        The head is cut or contradicts itself, or a number is bad; names the line.
    """
    blank = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    if blank + 2 >= len(lines):
        raise FileFormatError(f"{path}: line {len(lines)}: ends before its numbers (a cut file?): convert it again")
    pairs = [line.partition(",")[::2] for line in lines[1:blank]]
    stated = dict(pairs)
    kind = next((kind for kind in KINDS if kind == stated.get("kind")), None)
    if kind is None:
        raise FileFormatError(f"{path}: line 1: a kind of {stated.get('kind', '')!r} is not known: convert it again")
    table = read_columns(path, lines, blank + 2, (0, 1), ",")
    return [
        Dataset(
            kind=kind,
            x=table[0],
            y=table[1],
            laser_nm=_number(path, stated, "laser_nm"),
            saturated_fraction=_number(path, stated, "saturated_fraction") or 0.0,
            notes=tuple(value for key, value in pairs if key == "note"),
            **{key: stated.get(key, "") for key in _TEXTS},
        )
    ]


_TEXTS = ("title", "name", "technique", "instrument", "x_quantity", "x_unit", "y_unit")


def _number(path: Path, stated: dict[str, str], key: str) -> float | None:
    text = stated.get(key, "")
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise FileFormatError(f"{path}: line 2: {key} {text[:40]!r} is no number: convert the file again") from None


def _cell(name: str, unit: str, fallback: str) -> str:
    text = f"{name} ({unit})" if name and unit else name or unit or fallback
    return text.replace(",", " ")


def _one_line(text: str) -> str:
    return " ".join(text.split())
