"""The tables of quayscan_spectra, asked through the verdict's own door."""

from datetime import date

import pytest

from quayscan.verdict import known_controls_at, known_group_of

pytest.importorskip("quayscan_spectra")
AT = date(2026, 11, 25)


def test_acetone_is_in_table_two_since_1990() -> None:
    statuses = [one for one in known_controls_at("acetone", AT) if one.regime == "UN88"]
    assert [(one.list, one.state, one.since) for one in statuses] == [("Table II", "in_force", "1990-11-11")]


def test_a_substance_of_no_table_has_no_controls_and_is_its_own_group() -> None:
    assert known_controls_at("my own sample 7", AT) == ()
    assert known_group_of("my own sample 7") == frozenset({"my own sample 7"})


def test_a_substance_is_in_its_own_group() -> None:
    assert "acetone" in known_group_of("acetone")
