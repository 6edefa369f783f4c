"""The dates of one substance in every regime as a chart of terminal characters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from .control_lines import Status, period, status_mark

IN_FORCE, IN_FORCE_UNVERIFIED, DECIDED, SINCE_UNKNOWN, NOTHING, ASKED = "█▒░?·│"
_STYLES = {IN_FORCE: "green", IN_FORCE_UNVERIFIED: "yellow", DECIDED: "cyan", SINCE_UNKNOWN: "yellow", ASKED: "bold"}
_LABEL = 9
_YEARS_A_TICK = (1, 2, 5, 10, 20, 50)
_TICK_WIDTH = 7
_LEGEND = (
    f"{IN_FORCE} in force  {IN_FORCE_UNVERIFIED} in force, not verified  {DECIDED} decided"
    f"  {SINCE_UNKNOWN} since when not known  {ASKED} the date asked about"
)


class Dated(Status, Protocol):
    """A status with the day of its decision; quayscan_spectra.ControlStatus has it."""

    @property
    def decided(self) -> str: ...


def timeline_chart(statuses: Sequence[Dated], at: date, *, width: int) -> list[Text]:
    """Two lines a row of the control table: its bar over the years, then list, dates, state and mark.

    Parameters
    ----------
    statuses : in the order in which they are to be drawn.
    at : the date asked about, drawn as a line through all bars.
    width : in characters; at least 40 are used.
    """
    scale = _Scale(statuses, at, max(width, 40) - _LABEL)
    lines = [Text(" " * _LABEL + scale.axis(), style="dim")]
    for status in statuses:
        lines.append(Text.assemble(f"{status.regime:<{_LABEL}}", *_styled(scale.bar(status))))
        words = filter(None, (status.list, period(status), status.state.replace("_", " ")))
        lines.append(Text.assemble(" " * _LABEL, ", ".join(words), (f"  {status_mark(status)}".rstrip(), "yellow")))
    return [*lines, Text(_LEGEND, style="dim")]


def timeline_sources(statuses: Sequence[Dated]) -> list[RenderableType]:
    """Each source once, with the regimes that it is the source for, and the notes of the rows."""
    told: dict[str, dict[str, None]] = {}
    for status in statuses:
        for text in filter(None, (status.note, f"source: {status.source}")):
            told.setdefault(text, {})[status.regime] = None
    return [Padding(Text(f"{', '.join(names)}: {text}"), (0, 0, 0, 2)) for text, names in told.items()]


def _styled(bar: str) -> list[tuple[str, str]]:
    return [(character, _STYLES.get(character, "dim")) for character in bar]


class _Scale:
    """Years on columns."""

    def __init__(self, statuses: Sequence[Dated], at: date, columns: int) -> None:
        days = [day for one in statuses for text in (one.decided, one.since, one.until) if (day := _day(text))]
        years = [_year(day) for day in (*days, at)]
        span = int(max(years)) + 1 - int(min(years))
        self.tick = next((step for step in _YEARS_A_TICK if step * columns >= span * _TICK_WIDTH), _YEARS_A_TICK[-1])
        self.first = int(min(years)) // self.tick * self.tick
        self.last = int(max(years)) + 1
        self.columns = columns
        self.at = at

    def column(self, day: date) -> int:
        share = (_year(day) - self.first) / (self.last - self.first)
        return min(int(share * self.columns), self.columns - 1)

    def axis(self) -> str:
        marks = [" "] * self.columns
        free = 0
        for year in range(self.first, self.last + 1, self.tick):
            start = self.column(date(year, 1, 1))
            if start >= free and start + 4 <= self.columns:
                marks[start : start + 4] = str(year)
                free = start + 5
        return "".join(marks)

    def bar(self, status: Dated) -> str:
        cells = [NOTHING] * self.columns
        if status.list:
            since, decided, until = _day(status.since), _day(status.decided), _day(status.until)
            end = self.column(until) if until else self.columns - 1
            start = self.column(since) if since else 0
            if decided and since and decided < since:
                cells[self.column(decided) : start] = DECIDED * (start - self.column(decided))
            fill = (IN_FORCE if status.verified else IN_FORCE_UNVERIFIED) if since else SINCE_UNKNOWN
            cells[start : end + 1] = fill * (end + 1 - start)
        cells[self.column(self.at)] = ASKED
        return "".join(cells)


def _day(stated: str) -> date | None:
    """A year alone counts from its last day, as everywhere."""
    if not stated:
        return None
    return date(int(stated), 12, 31) if len(stated) == 4 else date.fromisoformat(stated)


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366
