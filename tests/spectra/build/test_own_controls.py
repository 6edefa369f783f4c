"""What is added to the control entries survives a new build of the table."""

from quayscan_spectra.build.own_controls import OWN_CONTROLS
from quayscan_spectra.table_rows import table_rows


def test_every_own_entry_stands_in_the_shipped_table_word_for_word() -> None:
    shipped = [dict(row) for row in table_rows("controls")]
    assert [own for own in OWN_CONTROLS if own not in shipped] == []


def test_no_source_is_a_site_that_makes_drugs() -> None:
    words = ("designer-drug", "rhodium", "erowid", "hive.org")
    for table in ("controls", "lists", "class_entries", "structure_rules", "limits", "scan_warnings"):
        for row in table_rows(table):
            assert not any(word in row["source"].lower() for word in words), row
