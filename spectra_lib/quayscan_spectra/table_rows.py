"""Reads the package's own CSV tables, each once."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import StringIO

Row = Mapping[str, str]


@cache
def table_rows(name: str) -> tuple[Row, ...]:
    """The rows of `tables/<name>.csv` as mappings from column to text."""
    text = files("quayscan_spectra").joinpath("tables", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(StringIO(text)))
