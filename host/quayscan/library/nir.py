"""Near-infrared libraries: absorbance on its grid, from scans or drawn from band tables; and the one that ships."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..errors import LibraryError
from ..preprocess.nir.features import prepare_nir
from ..preprocess.nir.grid import GRID, POINTS
from ..spectrum import Spectrum
from .axis import NIR
from .build import GridRow, from_rows
from .library import Library
from .reference import Reference
from .seal import Seal

if TYPE_CHECKING:
    from quayscan_spectra import NirReference

NIR_NAME = "quayscan-nir"

WHOLE = 1.0
"""A reference covers all of the compared window: what it lacks could not be told from what has no band there."""


def nir_row(spectrum: Spectrum, *, name: str) -> GridRow:
    """Bring absorbance to the common grid.

    Raises
    ------
    LibraryError
        When it does not cover 944-1664 nm, or is constant there.
    SpectrumError
        When the axis is a Raman shift.
    """
    features = prepare_nir(spectrum)
    if features.quality.coverage < WHOLE:
        raise LibraryError(
            f"'{name}' covers {features.quality.coverage:.0%} of what is compared:"
            " leave it out, or record 944 to 1664 nm"
        )
    if not features.curve.any():
        raise LibraryError(f"'{name}' has no band in 960-1648 nm: leave it out")
    return GridRow(values=features.absorbance, mask=features.mask, axis=NIR)


@lru_cache(maxsize=1)
def default_nir_library() -> Library:
    """The near-infrared library that ships with quayscan, drawn from its band tables on first use."""
    import quayscan_spectra  # here, so that reading a library file does not load the tables

    tables = quayscan_spectra.nir_references()
    everywhere = np.ones(POINTS, dtype=bool)
    rows = [GridRow(values=quayscan_spectra.synthesise_nir(table, GRID), mask=everywhere, axis=NIR) for table in tables]
    drawn = from_rows(rows, [_reference(table) for table in tables], name=NIR_NAME)
    return replace(drawn, seal=Seal(shipped=True))


def _reference(table: NirReference) -> Reference:
    provenance = {
        "source": table.source,
        "licence": table.licence,
        "instrument": table.instrument,
        "laser_nm": "none",
        "lamp": table.lamp,
    }
    return Reference(
        substance=table.substance, name=table.name, grade="measured", origin="bands", provenance=provenance
    )
