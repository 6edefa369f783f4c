"""Dates as the sources state them: a day, a year, or nothing."""

from datetime import date


def counts_from(stated: str) -> date | None:
    """The day from which a stated date counts; None when nothing is stated.

    A year alone counts from its last day, so that nothing is called in force before it surely was.

    Raises
    ------
    ValueError
        When the text is neither `YYYY-MM-DD` nor `YYYY` nor empty.
    """
    if not stated:
        return None
    if len(stated) == 4:
        return date(int(stated), 12, 31)
    return date.fromisoformat(stated)
