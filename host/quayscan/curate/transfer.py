"""Instrument transfer: references of another instrument or laser, brought to this one.

A match already allows for shift, stretch, width and response (see `quayscan.match`), and needs none of this to put the
right substance first. What can be known beforehand leaves it less to allow for:

- the laser: a band scatters as (nu0 - nu)^4, and a detector that counts photons sees (nu0 - nu)^3, since each photon
  carries an energy of h (nu0 - nu). The charge-coupled and InGaAs detectors of these instruments count photons.
  McCreery, "Raman Spectroscopy for Chemical Analysis", 2000, 10.1002/0471721646, chapter 2.
- the instrument, from standards: the same substances measured on both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..errors import LibraryError
from ..library import RAMAN, GridRow, Library, Reference, from_rows
from ..preprocess.grid import GRID, STEP_CM1, WINDOW, WINDOW_START_CM1, WINDOW_STOP_CM1, BoolArray, FloatArray
from ..preprocess.projection import project_out
from .names import group_of

PHOTON_POWER = 3
MIN_STANDARDS = 3
"""The median over fewer substances is led by any one of them."""

PASSES = 3
"""The fit is linear in the shift: a few passes reach shifts as wide as a band."""

MIDDLE_CM1 = (WINDOW_START_CM1 + WINDOW_STOP_CM1) / 2
HALF_CM1 = (WINDOW_STOP_CM1 - WINDOW_START_CM1) / 2
RESPONSE_LIMITS = (0.2, 5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """From another instrument to this one.

    Attributes
    ----------
    shift_cm1, stretch_cm1 : how much lower a band lies on this instrument's axis: at 1100 cm-1, and how much more at
        1800 cm-1.
    tilt, bend : the response of this instrument over the other's is 1 + tilt t + bend t^2, t from -1 at 400 to 1 at
        1800 cm-1.
    standards : substances that it was fitted to.
    """

    shift_cm1: float = 0.0
    stretch_cm1: float = 0.0
    tilt: float = 0.0
    bend: float = 0.0
    standards: int = 0

    def moved(self, row: GridRow) -> GridRow:
        """A spectrum of the other instrument as this one would show it."""
        place = (GRID - MIDDLE_CM1) / HALF_CM1
        source = GRID + self.shift_cm1 + self.stretch_cm1 * place
        seen = GRID[row.mask]
        mask: BoolArray = (source >= seen[0]) & (source <= seen[-1])
        response = np.clip(1.0 + self.tilt * place + self.bend * place**2, *RESPONSE_LIMITS)
        values = np.interp(source, seen, row.values[row.mask]) * response
        return GridRow(values=np.where(mask, values, 0.0), mask=mask)


def laser_factor(from_nm: float, to_nm: float) -> FloatArray:
    """(951,) by how much a band's counts change from one laser to another, 1 at 1100 cm-1.

    Raises
    ------
    LibraryError
        A laser is not between 200 and 2000 nm.
    """
    for laser in (from_nm, to_nm):
        if not 200.0 <= laser <= 2000.0:
            raise LibraryError(f"a laser of {laser:g} nm: give a wavelength from 200 to 2000 nm")
    before, after = (1e7 / laser - GRID for laser in (from_nm, to_nm))
    factor = (after / before) ** PHOTON_POWER
    normal: FloatArray = factor / np.interp(MIDDLE_CM1, GRID, factor)
    return normal


def fit_transfer(there: Library, here: Library) -> Transfer:
    """The transfer that brings `there` closest to `here`: the median over the substances that both hold.

    Raises
    ------
    LibraryError
        Under three substances are in both.
    """
    pairs = _standards(there, here)
    if len(pairs) < MIN_STANDARDS:
        raise LibraryError(
            f"{there.name} and {here.name} share {len(pairs)} substances: measure at least {MIN_STANDARDS} on both"
        )
    found = np.zeros(4)
    for _ in range(PASSES):
        transfer = _transfer(found, len(pairs))
        found = found + np.median([_difference(transfer.moved(other), own) for other, own in pairs], axis=0)
    return _transfer(found, len(pairs))


def transferred(library: Library, *, laser_nm: float | None = None, transfer: Transfer | None = None) -> Library:
    """A library of another instrument as this one would have measured it; each entry's provenance says so.

    Parameters
    ----------
    laser_nm : this instrument's laser; entries that do not state theirs are not corrected for it.
    transfer : as `fit_transfer` gives it, from entries that were corrected for the laser in the same way.
    """
    rows = rows_on_grid(library)
    references = list(library.references)
    for at, reference in enumerate(references):
        said = []
        stated = _laser(reference)
        if laser_nm is not None and stated is not None and stated != laser_nm:
            rows[at] = GridRow(values=rows[at].values * laser_factor(stated, laser_nm), mask=rows[at].mask)
            said.append(f"intensities from {stated:g} to {laser_nm:g} nm")
        if transfer is not None:
            rows[at] = transfer.moved(rows[at])
            said.append(f"axis and response by {transfer.standards} standards")
        if said:
            references[at] = replace(reference, provenance={**reference.provenance, "transferred": " and ".join(said)})
    return replace(from_rows(rows, references, name=library.name, doubts=library.doubts), seal=library.seal)


def rows_on_grid(library: Library) -> list[GridRow]:
    """A Raman library's spectra as rows of their own.

    Raises
    ------
    LibraryError
        When it is near-infrared: absorbance has no laser, and its own white reference takes out the response.
    """
    if library.axis != RAMAN:
        raise LibraryError(f"library {library.name} is near-infrared: only Raman libraries are transferred")
    values: FloatArray = library.spectra.astype(np.float64)
    return [GridRow(values=row, mask=mask) for row, mask in zip(values, library.masks(), strict=True)]


def _laser(reference: Reference) -> float | None:
    try:
        return float(reference.provenance.get("laser_nm", ""))
    except ValueError:
        return None


def _standards(there: Library, here: Library) -> list[tuple[GridRow, GridRow]]:
    """The first row of each substance that both libraries hold, from either."""
    rows_there, rows_here = rows_on_grid(there), rows_on_grid(here)
    place_here = _first_rows(here.references)
    return [
        (rows_there[at], rows_here[place_here[group]])
        for group, at in _first_rows(there.references).items()
        if group in place_here
    ]


def _first_rows(references: Sequence[Reference]) -> dict[frozenset[str], int]:
    first: dict[frozenset[str], int] = {}
    for at, reference in enumerate(references):
        first.setdefault(group_of(reference.substance), at)
    return first


def _difference(other: GridRow, own: GridRow) -> FloatArray:
    """(4,) shift, stretch, tilt and bend that are left between two spectra of one substance, by least squares."""
    place = ((GRID - MIDDLE_CM1) / HALF_CM1)[WINDOW]
    mask = (other.mask & own.mask)[WINDOW]
    slope = np.gradient(other.values, STEP_CM1)[WINDOW]
    values = other.values[WINDOW]
    columns = np.stack([values, slope, slope * place, values * place, values * place**2])
    flat = project_out(columns, mask)
    size = np.linalg.norm(flat, axis=1)
    size[size == 0] = 1.0
    solution, *_ = np.linalg.lstsq((flat / size[:, None]).T, project_out(own.values[WINDOW], mask), rcond=None)
    scaled = solution / size
    result: FloatArray = scaled[1:] / scaled[0] if scaled[0] > 0 else np.zeros(4)
    return result


def _transfer(found: FloatArray, standards: int) -> Transfer:
    shift, stretch, tilt, bend = (float(value) for value in found)
    return Transfer(shift_cm1=shift, stretch_cm1=stretch, tilt=tilt, bend=bend, standards=standards)
