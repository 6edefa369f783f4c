"""Build a library from spectra or from band tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from ..errors import LibraryError
from ..preprocess.despike import despike_all
from ..preprocess.features import require_shift
from ..preprocess.grid import GRID, WINDOW, BoolArray, FloatArray
from ..preprocess.resample import SIGMA_CM1, kernel_for
from ..spectrum import Spectrum
from .axis import RAMAN, Axis
from .doubt import Doubt
from .library import CoverageArray, Library, assemble
from .reference import Grade, Reference

MIN_WINDOW_COVERAGE = 0.5
"""An entry that covers less of the matching window could not be told from its neighbours."""

FLAT = 1e-9
"""A spectrum that varies by less than this share of its highest value is a constant, rounding apart."""

DRAWING_STEP_CM1 = 1.0
"""Band tables are drawn on this step, under the width of any band, then brought to the common resolution."""


class BandTable(Protocol):
    """What this room needs of a band reference; quayscan_spectra.BandReference has it."""

    @property
    def substance(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def grade(self) -> Grade: ...
    @property
    def source(self) -> str: ...
    @property
    def licence(self) -> str: ...
    @property
    def instrument(self) -> str: ...
    @property
    def laser_nm(self) -> object: ...


Table = TypeVar("Table", bound=BandTable)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GridRow:
    """One spectrum on its technique's grid: (N,) values, 0 where masked, and the (N,) mask of where it has data."""

    values: FloatArray
    mask: BoolArray
    axis: Axis = RAMAN


def grid_values(spectra: Sequence[Spectrum]) -> list[FloatArray]:
    """The `GridRow.values` of Raman spectra, those on one axis together; of others the intensity as it is."""
    found = [spectrum.intensity for spectrum in spectra]
    axes: dict[bytes, list[int]] = {}
    for at, spectrum in enumerate(spectra):
        if spectrum.axis_unit == RAMAN.unit:
            axes.setdefault(spectrum.axis.tobytes(), []).append(at)
    for together in axes.values():
        axis = spectra[together[0]].axis
        despiked = [intensity for intensity, _ in despike_all(axis, [found[at] for at in together])]
        for at, values in zip(together, kernel_for(axis).apply(np.stack(despiked)), strict=True):
            found[at] = values
    return found


def grid_row(spectrum: Spectrum, *, name: str, values: FloatArray | None = None) -> GridRow:
    """Despike a spectrum and bring it to the common grid and resolution.

    Parameters
    ----------
    name : what messages call it.
    values : (951,) what `grid_values` gave for it, where it was asked.

    Raises
    ------
    LibraryError
        When it covers under half of the matching window or is constant there.
    SpectrumError
        When the axis is in nm.
    """
    require_shift(spectrum)
    kernel = kernel_for(spectrum.axis)
    seen = kernel.mask[WINDOW]
    share = np.count_nonzero(seen) / seen.size
    if share < MIN_WINDOW_COVERAGE:
        raise LibraryError(
            f"'{name}' covers {share:.0%} of 400-1800 cm-1: leave it out or record at least {MIN_WINDOW_COVERAGE:.0%}"
        )
    if values is None:
        (values,) = grid_values([spectrum])
    if np.ptp(values[WINDOW][seen]) <= FLAT * np.max(np.abs(values)):
        raise LibraryError(f"'{name}' has no band in 400-1800 cm-1: leave it out")
    return GridRow(values=values, mask=kernel.mask)


def from_rows(
    rows: Sequence[GridRow], references: Sequence[Reference], *, name: str, doubts: tuple[Doubt, ...] = ()
) -> Library:
    """Stack rows that are on a grid already.

    Raises
    ------
    LibraryError
        When there are none, or they are of two techniques.
    """
    axis = rows[0].axis if rows else RAMAN
    if any(row.axis != axis for row in rows):
        raise LibraryError(f"library '{name}' would hold Raman and near-infrared spectra: build one of each")
    spectra = _matrix((row.values for row in rows), axis)
    return assemble(name, references, spectra, _coverage([row.mask for row in rows]), axis=axis, doubts=doubts)


def from_spectra(entries: Iterable[tuple[Spectrum, Reference]], *, name: str) -> Library:
    """Resample spectra to the common grid and stack them.

    Raises
    ------
    LibraryError
        When there are none, or one covers under half of the matching window or has no bands at all.
    SpectrumError
        When an axis is in nm.
    """
    pairs = [(grid_row(spectrum, name=reference.name), reference) for spectrum, reference in entries]
    return from_rows([row for row, _ in pairs], [reference for _, reference in pairs], name=name)


def from_bands(tables: Iterable[Table], synthesise: Callable[[Table, FloatArray], FloatArray], *, name: str) -> Library:
    """Draw band tables as spectra at the common resolution.

    Parameters
    ----------
    tables : band references.
    synthesise : draws one table on an axis in cm-1, at the width that the table states.

    Raises
    ------
    LibraryError
        When there are none.
    """
    reach = 5.0 * SIGMA_CM1
    axis = np.arange(GRID[0] - reach, GRID[-1] + reach + DRAWING_STEP_CM1, DRAWING_STEP_CM1)
    chosen = tuple(tables)
    if not chosen:
        raise LibraryError(f"library '{name}' has no entries: nothing could be identified with it")
    drawn = np.stack([synthesise(table, axis) for table in chosen])
    kernel = kernel_for(axis)
    references = [_reference(table) for table in chosen]
    return assemble(name, references, _matrix(kernel.apply(drawn)), _coverage([kernel.mask] * len(chosen)))


def _reference(table: BandTable) -> Reference:
    laser = "not stated" if table.laser_nm is None else str(table.laser_nm)
    provenance = {
        "source": table.source,
        "licence": table.licence,
        "instrument": table.instrument or "not stated",
        "laser_nm": laser,
    }
    return Reference(
        substance=table.substance, name=table.name, grade=table.grade, origin="bands", provenance=provenance
    )


def _matrix(rows: Iterable[FloatArray], axis: Axis = RAMAN) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    stacked = [np.asarray(row, dtype=np.float32) for row in rows]
    return np.stack(stacked) if stacked else np.zeros((0, axis.points), dtype=np.float32)


def _coverage(masks: Sequence[BoolArray]) -> CoverageArray:
    if not masks:
        return np.zeros((0, 2), dtype=np.int32)
    whole = np.stack(masks)
    after = whole.shape[1] - np.argmax(whole[:, ::-1], axis=1)
    return np.stack([np.argmax(whole, axis=1), after], axis=1).astype(np.int32)
