"""Net band area: what every share is a share of.

The area of the bands above a grey opening of the spectrum, between 400 and 1800 cm-1: fluorescence, however steep, has
none. It is a share of the signal and never of the weight: how strongly a substance scatters is not in it.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np

from ...library import Library
from ...preprocess.grid import STEP_CM1, WINDOW, FloatArray
from ...preprocess.opening import opened_bands

TINY = 1e-12

_AREAS: WeakKeyDictionary[Library, FloatArray] = WeakKeyDictionary()


def net_band_area(bands: FloatArray) -> FloatArray:
    """(...,) net band area of (..., 951) bands, in their unit times cm-1; never 0."""
    area: FloatArray = np.maximum(STEP_CM1 * bands[..., WINDOW].sum(axis=-1), TINY)
    return area


def library_areas(library: Library) -> FloatArray:
    """(M,) net band area of every reference; computed once for each library."""
    areas = _AREAS.get(library)
    if areas is None:
        areas = np.empty(len(library))
        for row in range(len(library)):
            mask = library.masks(slice(row, row + 1))[0]
            areas[row] = net_band_area(opened_bands(np.asarray(library.spectra[row], dtype=np.float64), mask))
        areas.setflags(write=False)
        _AREAS[library] = areas
    return areas
