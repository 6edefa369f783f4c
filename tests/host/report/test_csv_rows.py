"""Rows as a CSV file."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from quayscan.errors import InputError
from quayscan.report.csv_rows import write_csv


def test_texts_flags_and_lists_come_back_as_they_were_meant(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    write_csv(path, ("name", "sure", "many"), [{"name": 'a, "b"\nc', "sure": True, "many": ("x", "y"), "left": 1}])
    with path.open(newline="", encoding="utf-8") as handle:
        assert list(csv.reader(handle)) == [["name", "sure", "many"], ['a, "b"\nc', "yes", "x | y"]]


def test_a_file_that_cannot_be_written_is_an_input_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"absent/rows.csv"):
        write_csv(tmp_path / "absent" / "rows.csv", ("a",), [])
