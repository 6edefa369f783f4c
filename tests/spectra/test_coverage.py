"""Every scheduled substance has a reference or a stated reason."""

from datetime import date

import pytest

from quayscan_spectra import computed_band_references, coverage, references, substances
from quayscan_spectra.table_rows import table_rows

TODAY = date(2026, 11, 25)
ROWS = {row.substance: row for row in coverage(TODAY)}


def test_all_98_scheduled_substances_have_a_row_with_a_reason() -> None:
    assert set(ROWS) == {one.id for one in substances() if one.kind == "scheduled"}
    assert len(ROWS) == 98
    assert [row.substance for row in ROWS.values() if not row.reason.strip()] == []
    assert {row.grade for row in ROWS.values()} <= {"measured", "published", "computed", "none"}


def test_the_grade_is_that_of_the_reference() -> None:
    grades = {one.substance: one.grade for one in (*computed_band_references(), *references())}
    for row in ROWS.values():
        assert (row.grade != "none") == (row.substance in grades)
    assert ROWS["acetone"].grade == "measured"
    assert "ENLIGHTEN" in ROWS["acetone"].reason


def test_queued_is_said_of_those_that_wait_and_only_of_them() -> None:
    queue = {row["substance"] for row in table_rows("queue") if row["state"] == "queued"}
    for row in ROWS.values():
        assert (row.reason == "queued") == (row.grade == "none" and row.substance in queue), row.substance


@pytest.mark.parametrize(
    ("identifier", "word"),
    [
        ("hydrochloric-acid", "not identifiable by Raman"),
        ("potassium-permanganate", "not identifiable by Raman"),
        ("ephedra-extract", "mixture of natural products"),
    ],
)
def test_what_cannot_be_covered_says_why(identifier: str, word: str) -> None:
    assert ROWS[identifier].reason.startswith(word)


def test_regimes_are_those_that_control_it_on_the_date() -> None:
    assert ROWS["4-piperidone"].regimes == ("UN88", "US-DEA", "EU", "CN", "CA", "IN")
    earlier = {row.substance: row for row in coverage(date(2024, 9, 12))}
    assert earlier["4-piperidone"].regimes == ("US-DEA", "CA")
