"""An updated control table is used whole or not at all, and every bad row is named with what to do."""

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quayscan_spectra
from quayscan_spectra import ControlTableError, controls, controls_at, gaps, load_controls
from quayscan_spectra.control_file import COLUMNS, read_controls

SHIPPED = Path(quayscan_spectra.__file__).parent / "tables" / "controls.csv"
HEADER = ",".join(COLUMNS)
GOOD = "acetone,CN,Category 3,,2005-11-01,,,a page,yes,yes"


def problems(*rows: str, header: str = HEADER) -> str:
    with pytest.raises(ControlTableError) as caught:
        read_controls("\n".join([header, *rows]), name="new.csv")
    assert "new.csv" in str(caught.value)
    return " | ".join(caught.value.problems)


def test_the_shipped_table_is_accepted_and_says_the_same() -> None:
    table = load_controls(SHIPPED)
    assert table.rows == controls()
    day = date(2026, 11, 25)
    assert controls_at("methyl anthranilate", day, table=table) == controls_at("methyl anthranilate", day)


def test_a_new_row_changes_the_answer_and_the_gap(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    row = "pmk-ethyl-glycidate,US-DEA,List I,,2027-01-01,,,a page,yes,yes\n"
    path.write_text(SHIPPED.read_text() + row, encoding="utf-8")
    table, day = load_controls(path), date(2027, 1, 1)
    (status,) = [s for s in controls_at("pmk-ethyl-glycidate", day, table=table) if s.regime == "US-DEA"]
    assert (status.state, status.list, status.rule) == ("in_force", "List I", "")
    before = {gap.substance for gap in gaps("US-DEA", day)}
    assert before - {gap.substance for gap in gaps("US-DEA", day, table=table)} == {"pmk-ethyl-glycidate"}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("acetoni,CN,Category 3,,2005-11-01,,,a page,yes,yes", "row 2 (acetoni, CN): 'acetoni' is no id"),
        ("Acetone,CN,Category 3,,2005-11-01,,,a page,yes,yes", "is no id"),
        ("acetone,XX,Category 3,,2005-11-01,,,a page,yes,yes", "regime 'XX' is none of UN88"),
        ("acetone,CN,Category 9,,2005-11-01,,,a page,yes,yes", "list 'Category 9' is none of Category 1"),
        ("acetone,CN,Category 3,,2005-13-01,,,a page,yes,yes", "effective '2005-13-01' is no date"),
        ("acetone,CN,Category 3,,20051101,,,a page,yes,yes", "is no date"),
        ("acetone,CN,Category 3,soon,2005-11-01,,,a page,yes,yes", "decided 'soon' is no date"),
        ("acetone,CN,Category 3,,2005-11-01,2004-01-01,,a page,yes,yes", "end 2004-01-01 lies before"),
        ("acetone,CN,Category 3,2006-01-01,2005-11-01,,,a page,yes,yes", "effective 2005-11-01 lies before"),
        ("acetone,CN,Category 3,,2005-11-01,,, ,yes,yes", "no source"),
        ("acetone,CN,Category 3,,2005-11-01,,,a page,yes,maybe", "verified 'maybe' is neither yes nor no"),
        ("acetone,CN,Category 3,,2005-11-01,,,a page,no,yes", "needs listing_verified yes"),
        ("acetone,CN,Category 3,,2005-11-01,,,not verified: no public page found,yes,yes", "set verified to no"),
        ("acetone,CN,Category 3,,2005-11-01,,,a page,yes,yes,more", "more cells than the header"),
        ("acetone,CN", "list '' is none of"),
    ],
)
def test_a_wrong_row_is_named_with_what_is_wrong(row: str, words: str) -> None:
    assert words in problems(row)


def test_the_same_entry_twice_is_named_with_both_rows() -> None:
    assert "row 4 (acetone, CN): the same entry as row 2" in problems(GOOD, GOOD.replace("CN", "EU"), GOOD)


def test_all_bad_rows_are_named_at_once() -> None:
    found = problems(GOOD.replace("acetone", "x"), GOOD, GOOD.replace("acetone", "y"))
    assert "row 2" in found
    assert "row 4" in found


def test_wrong_columns_empty_tables_and_bad_files_are_refused(tmp_path: Path) -> None:
    assert "columns" in problems(GOOD, header="substance,regime")
    assert "no rows" in problems()
    with pytest.raises(ControlTableError, match="cannot be read"):
        load_controls(tmp_path / "absent.csv")
    path = tmp_path / "latin.csv"
    path.write_bytes(HEADER.encode() + b"\n\xff\xfe")
    with pytest.raises(ControlTableError, match="UTF-8"):
        load_controls(path)
    with pytest.raises(ControlTableError, match="quotes"):
        read_controls(f'{HEADER}\n"acetone,CN', name="new.csv")


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    with suppress(ControlTableError):
        read_controls(f"{HEADER}\n{text}", name="any")
