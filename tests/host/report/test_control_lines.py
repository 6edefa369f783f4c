"""Controls in words: what is not verified says so."""

from __future__ import annotations

import pytest

from quayscan.report.control_lines import mark, status_lines
from quayscan_spectra import ControlStatus


def status(**changed: object) -> ControlStatus:
    fields: dict[str, object] = {
        "regime": "UN88",
        "list": "Table I",
        "state": "in_force",
        "since": "2010-01-01",
        "decided": "",
        "until": "",
        "asks_for": "a licence",
        "verified": True,
        "listing_verified": True,
        "source": "a page",
        "note": "",
    }
    return ControlStatus(**{**fields, **changed})  # type: ignore[arg-type]  # a row of texts and flags


@pytest.mark.parametrize(
    ("listing", "both", "word"), [(True, True, ""), (True, False, "UNVERIFIED DATE"), (False, False, "UNVERIFIED")]
)
def test_the_mark_says_how_much_was_seen(listing: bool, both: bool, word: str) -> None:
    one = status(listing_verified=listing, verified=both)
    assert mark(one) == word
    assert status_lines(one)[0].rstrip().endswith(word or "2010-01-01")


def test_a_regime_without_a_row_has_nothing_to_verify_and_still_a_source() -> None:
    lines = status_lines(status(list="", state="not_listed", since="", verified=False, listing_verified=False))
    assert "UNVERIFIED" not in " ".join(lines)
    assert lines[-1].endswith("source: a page")


def test_what_a_list_asks_for_is_said_only_while_it_counts() -> None:
    assert any("a licence" in line for line in status_lines(status()))
    assert not any("a licence" in line for line in status_lines(status(state="ended", until="2012-01-01")))
