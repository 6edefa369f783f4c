"""Writes one CSV table of the package."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows with LF line ends, columns in the order given."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def read_rows(path: Path) -> list[dict[str, str]]:
    """All rows of a CSV file as text."""
    with path.open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))
