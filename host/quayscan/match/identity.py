"""Which substances are one answer: those that an instrument of this kind cannot tell apart."""

from __future__ import annotations


def group_of(substance: str) -> frozenset[str]:
    """The identity group of a substance, itself among its members; a user's own substance stands alone."""
    import quayscan_spectra  # here, so that a caller with tables of its own does not load these

    try:
        return frozenset(quayscan_spectra.identity_group(substance))
    except quayscan_spectra.UnknownSubstance:
        return frozenset({substance})


def same_answer(one: str, other: str) -> bool:
    """Whether two substances are one answer."""
    return one == other or one in group_of(other)
