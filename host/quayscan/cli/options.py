"""Options that several commands share, and how their text becomes values."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError

if TYPE_CHECKING:
    from ..library import Library
    from ..pipeline import Request

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line on stdout.")]
Port = Annotated[
    str, typer.Option("--port", help="sim:raman785, replay:FILE, a serial port, or any pyserial URL.", metavar="PORT")
]
Jurisdiction = Annotated[
    str,
    typer.Option("--jurisdiction", metavar="REGIMES", help="Comma-separated, as in CN,US-DEA,EU,UN88. Default: all."),
]
At = Annotated[
    str, typer.Option("--at", metavar="DATE", help="Date on which the controls are read. Default: today here.")
]
FalseAlarmRate = Annotated[
    float | None,
    typer.Option(
        "--false-alarm",
        metavar="RATE",
        help="How often a substance that the library lacks may be named: 0.01 by default,"
        " raised where so few trials cannot state it.",
    ),
]
LibraryFile = Annotated[
    Path | None, typer.Option("--library", metavar="FILE", help="Library to compare with. Default: the one shipped.")
]

DEFAULT_PORT = "sim:raman785"


def parse_date(text: str) -> date:
    """A date in ISO form; today for "".

    Raises
    ------
    UsageError
        The text is no date.
    """
    if not text:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--at {text}: no date: write it as 2024-09-12") from None


def parse_request(jurisdiction: str, at: str, false_alarm: float | None = None) -> Request:
    """The request that the options stand for."""
    from ..match import MatchOptions
    from ..pipeline import Request

    options = MatchOptions() if false_alarm is None else MatchOptions(rate=false_alarm)
    regimes = tuple(part.strip() for part in jurisdiction.split(",") if part.strip())
    if not regimes:
        return Request(at=parse_date(at), options=options)
    return Request(jurisdictions=regimes, at=parse_date(at), options=options)


def load_library(path: Path | None) -> Library:
    """The library of a file, or the default one."""
    from ..library import default_library, open_library

    return default_library() if path is None else open_library(path)
