"""Reference bands: one table a substance, from measured spectra or published tables."""

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

import numpy as np

from .profile import Array, pseudo_voigt
from .substances import substance
from .table_rows import Row, table_rows

Grade = Literal["measured", "published", "computed"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BandReference:
    """The bands of one substance and where they come from.

    `shift_cm1`, `fwhm_cm1`, `eta` (Lorentzian share, 0 to 1) and `height` are (B,) float64, read-only, in order of
    shift. Heights are relative to the strongest band between 400 and 1800 cm-1, which is 100. `grade` is "measured"
    (fitted to a spectrum of the instrument named), "published" (a band table) or "computed". `laser_nm` is None where
    the source does not state one.
    """

    substance: str
    name: str
    grade: Grade
    shift_cm1: Array
    fwhm_cm1: Array
    eta: Array
    height: Array
    source: str
    licence: str
    instrument: str
    laser_nm: float | None
    note: str


def _column(rows: list[Row], name: str) -> Array:
    values = np.array([float(row[name]) for row in rows], dtype=np.float64)
    values.flags.writeable = False
    return values


def _shared(rows: list[Row], name: str) -> str:
    """The texts of one column without repeats: a table may be put together from two sources."""
    return "; ".join(dict.fromkeys(row[name] for row in rows))


def _reference(substance_id: str, rows: list[Row]) -> BandReference:
    laser = _shared(rows, "laser_nm")
    return BandReference(
        substance=substance_id,
        name=substance(substance_id).name,
        grade=cast(Grade, rows[0]["grade"]),
        shift_cm1=_column(rows, "shift_cm1"),
        fwhm_cm1=_column(rows, "fwhm_cm1"),
        eta=_column(rows, "eta"),
        height=_column(rows, "height"),
        source=_shared(rows, "source"),
        licence=_shared(rows, "licence"),
        instrument=_shared(rows, "instrument"),
        laser_nm=None if laser == "not stated" else float(laser),
        note=_shared(rows, "note"),
    )


@cache
def references() -> tuple[BandReference, ...]:
    """Every measured or published reference, in order of substance id, one a substance."""
    found: dict[str, list[Row]] = {}
    for row in table_rows("bands"):
        found.setdefault(row["substance"], []).append(row)
    return tuple(_reference(substance_id, rows) for substance_id, rows in sorted(found.items()))


def synthesise(reference: BandReference, axis_cm1: Array) -> Array:
    """The reference's bands drawn on an axis, without background, noise or an instrument's response.

    Parameters
    ----------
    reference : BandReference
    axis_cm1 : (N,) float64
        Raman shift in cm-1, any order.

    Returns
    -------
    (N,) float64
        Intensity, 100 at the top of the strongest band alone.
    """
    offset = np.asarray(axis_cm1, dtype=np.float64) - reference.shift_cm1[:, None]
    lines = pseudo_voigt(offset, reference.fwhm_cm1[:, None], reference.eta[:, None])
    return np.asarray(reference.height @ lines, dtype=np.float64)
