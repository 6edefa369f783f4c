"""The verdict's two questions about a substance, answered by the tables of quayscan_spectra.

A user's own library may hold substances that the tables do not have. For those there is no control to report and
no group: the verdict then says that the table does not know them.
"""

from __future__ import annotations

from datetime import date

from ..match.identity import group_of
from .controls import ControlStatus


def known_controls_at(substance: str, at: date) -> tuple[ControlStatus, ...]:
    """Every regime's word on a substance at a date; empty when the table has no such substance."""
    import quayscan_spectra  # here, so that a caller with tables of its own does not load these

    try:
        return tuple(quayscan_spectra.controls_at(substance, at))
    except quayscan_spectra.UnknownSubstance:
        return ()


def known_group_of(substance: str) -> frozenset[str]:
    """The substances that one instrument cannot tell from this one, itself among them."""
    return group_of(substance)
