"""The class entries that ship are those that the rules give."""

from pathlib import Path

import pytest

pytest.importorskip("rdkit")

import quayscan_spectra
from quayscan_spectra.build.classes_table import build_classes


def test_class_entries_are_what_the_build_makes(tmp_path: Path) -> None:
    build_classes(tmp_path, tmp_path)
    shipped = Path(quayscan_spectra.__file__).parent / "tables" / "class_entries.csv"
    assert (tmp_path / "class_entries.csv").read_text() == shipped.read_text()
