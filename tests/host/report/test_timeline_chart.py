"""The chart of a substance's dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from rich.padding import Padding

from quayscan.report.timeline_chart import timeline_chart, timeline_sources


@dataclass(frozen=True, kw_only=True)
class Row:
    regime: str = "UN88"
    list: str = "Table I"
    state: str = "in_force"
    since: str = "2010-01-01"
    decided: str = ""
    until: str = ""
    asks_for: str = ""
    rule: str = ""
    note: str = ""
    source: str = "a page"
    verified: bool = True
    listing_verified: bool = True


AT = date(2020, 1, 1)


def bars(*rows: Row, width: int = 80) -> list[str]:
    return [line.plain[9:] for line in timeline_chart(rows, AT, width=width)[1:-1:2]]


@pytest.mark.parametrize("width", [10, 40, 80, 200])
def test_bars_fill_the_width_and_share_one_scale(width: int) -> None:
    drawn = bars(Row(), Row(since="1995"), Row(list=""), width=width)
    assert {len(bar) for bar in drawn} == {max(width, 40) - 9}
    assert len({bar.index("│") for bar in drawn}) == 1


def test_unverified_decided_and_unknown_are_drawn_each_its_own_way() -> None:
    (known, unverified, decided, unknown, nothing) = bars(
        Row(), Row(verified=False), Row(decided="2005-01-01"), Row(since="", verified=False), Row(list="")
    )
    assert set(known) == {"·", "█", "│"}
    assert set(unverified) == {"·", "▒", "│"}
    assert set(decided) == {"·", "░", "█", "│"}
    assert set(unknown) == {"?", "│"}
    assert set(nothing) == {"·", "│"}


def test_a_bar_ends_where_the_listing_ends() -> None:
    (bar,) = bars(Row(since="2000-01-01", until="2010-01-01"))
    assert bar.startswith("█")
    assert "█" not in bar[len(bar) // 2 + 1 :]


def test_marks_are_in_words_too() -> None:
    lines = [line.plain for line in timeline_chart([Row(verified=False, listing_verified=False)], AT, width=80)]
    assert lines[2].endswith("UNVERIFIED")


def test_the_axis_names_years_that_do_not_touch() -> None:
    for since in ("1988", "2019", "1900"):
        axis = timeline_chart([Row(since=since)], AT, width=80)[0].plain
        years = axis.split()
        assert len(years) >= 2
        assert all(len(year) == 4 and year.isdigit() for year in years)


def test_each_source_is_told_once_with_its_regimes() -> None:
    told = timeline_sources([Row(), Row(regime="EU"), Row(regime="CN", source="another", note="a note")])
    texts = [str(one.renderable) for one in told if isinstance(one, Padding)]
    assert texts == ["UN88, EU: source: a page", "CN: a note", "CN: source: another"]
