"""What a file's name says: the substance, and which repeat of it."""

from __future__ import annotations

import re
from functools import lru_cache

import quayscan_spectra

_REPEAT = re.compile(r"(.*\S)[-_]\d\d")


def name_of(stem: str) -> str:
    """The substance's name in a file's stem: `Acetone-03` and `acetone_03` are repeat 3 of it.

    A stem that is a substance's name or CAS number as a whole is no repeat.
    """
    if quayscan_spectra.name_key(stem) in _known():
        return stem
    repeat = _REPEAT.fullmatch(stem)
    return repeat.group(1) if repeat else stem


def substance_of(name: str) -> str:
    """The substance id that a name, synonym or CAS number stands for, else the name in lower case."""
    return _known().get(quayscan_spectra.name_key(name)) or name.lower()


@lru_cache(maxsize=4096)
def group_of(substance: str) -> frozenset[str]:
    """The substances that one instrument cannot tell from this one, itself among them. Groups do not overlap."""
    if quayscan_spectra.name_key(substance) not in _known():
        return frozenset({substance})
    return frozenset(quayscan_spectra.identity_group(substance))


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return dict(quayscan_spectra.library_names())
