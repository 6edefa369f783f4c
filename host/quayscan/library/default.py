"""The default library, drawn from the band tables of quayscan_spectra."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from .build import from_bands
from .library import Library
from .seal import Seal

DEFAULT_NAME = "quayscan-default"


@lru_cache(maxsize=1)
def default_library() -> Library:
    """The library that ships with quayscan, built in memory on first use.

    Raises
    ------
    LibraryError
        When a band table cannot be drawn.
    """
    import quayscan_spectra  # here, so that reading a library file does not load the tables

    tables = (*quayscan_spectra.references(), *quayscan_spectra.computed_band_references())
    drawn = from_bands(tables, quayscan_spectra.synthesise, name=DEFAULT_NAME)
    return replace(drawn, seal=Seal(shipped=True))
