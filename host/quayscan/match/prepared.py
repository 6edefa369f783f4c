"""What of a library can be computed before any query comes."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from ..errors import LibraryError
from ..library import RAMAN, Library
from ..preprocess.envelope import band_part
from ..preprocess.grid import WINDOW, BoolArray, FloatArray
from ..preprocess.projection import project_out
from .kept import Kept

IndexArray = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """References of one coverage.

    Attributes
    ----------
    rows : (K,) rows in the library. mask : (701,) window points with data.
    linear, root : (K, 701) window values, and square roots of the band part.
    linear_unit, root_unit : the same with the background projected out, scaled to length 1.
    """

    rows: IndexArray
    mask: BoolArray
    linear: FloatArray
    root: FloatArray
    linear_unit: FloatArray
    root_unit: FloatArray


MOST_ENTRIES = 50_000
"""Entries of a library that is compared as a whole: 1.1 GB in float64."""

MOST_BANDS = 2048
"""Band parts kept for each library: 16 MB."""

_BANDS: Kept[int, FloatArray] = Kept(MOST_BANDS)

_PREPARED: WeakKeyDictionary[Library, tuple[Group, ...]] = WeakKeyDictionary()


def groups_of(library: Library) -> tuple[Group, ...]:
    """The library's measured and published references by coverage; kept as long as the library lives.

    Computed references are compared by `computed`: by their errors' size they would win or lose for no reason here.

    Raises
    ------
    LibraryError
        When the library is near-infrared, or larger than memory holds.
    """
    groups = _PREPARED.get(library)
    if groups is None:
        if library.axis != RAMAN:
            raise LibraryError(f"library {library.name} is near-infrared, and this is done with Raman spectra only")
        if len(library) > MOST_ENTRIES:
            raise LibraryError(
                f"library {library.name} has {len(library):,} entries, and a verdict compares with {MOST_ENTRIES:,} at"
                " most (with fewer already no false-alarm rate can be stated): list the likest with `quayscan library"
                " search`, and ask for a verdict with a library that was chosen before the spectrum was seen"
            )
        seen = np.flatnonzero([one.grade != "computed" for one in library.references])
        ranges, which = np.unique(library.coverage[seen], axis=0, return_inverse=True)
        which = which.reshape(-1)
        groups = tuple(_group(library, seen[which == at]) for at in range(len(ranges)))
        _PREPARED[library] = groups
    return groups


def bands_of(library: Library, row: int) -> FloatArray:
    """(951,) band part of one reference, read-only; the rows that were asked for last are kept."""
    return _BANDS.get(library, row, lambda: _bands(library, row))


def _bands(library: Library, row: int) -> FloatArray:
    mask = library.masks(slice(row, row + 1))[0]
    bands = band_part(np.asarray(library.spectra[row], dtype=np.float64), mask)
    bands.setflags(write=False)
    return bands


def compared_rows(library: Library) -> IndexArray:
    """(K,) rows of the measured and published references, in order."""
    return np.sort(np.concatenate([group.rows for group in groups_of(library)] or [np.zeros(0, dtype=np.intp)]))


def _group(library: Library, rows: IndexArray) -> Group:
    full_mask = library.masks(rows[:1])[0]
    values = np.asarray(library.spectra[rows], dtype=np.float64)
    linear = values[:, WINDOW]
    root = np.sqrt(band_part(values, full_mask)[:, WINDOW])
    mask = full_mask[WINDOW]
    return Group(
        rows=rows,
        mask=mask,
        linear=linear,
        root=root,
        linear_unit=unit(project_out(linear, mask)),
        root_unit=unit(project_out(root, mask)),
    )


def unit(values: FloatArray) -> FloatArray:
    """(..., N) rows scaled to length 1; rows of zeros stay zeros."""
    length = np.linalg.norm(values, axis=-1, keepdims=True)
    result: FloatArray = np.divide(values, length, out=np.zeros_like(values), where=length > 0)
    return result
