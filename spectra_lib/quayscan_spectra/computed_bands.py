"""Computed molecules as band references, for substances that nobody has measured or published."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from .class_members import name_of
from .identity import identity_group
from .insilico.computed_references import ComputedReference, computed_references
from .profile import Array
from .references import BandReference, references
from .substances import substance
from .table_rows import Row, table_rows

if TYPE_CHECKING:
    from .insilico.computed import ComputedBands

FWHM_CM1 = 8.0
"""Width at which computed bands are drawn: about a liquid's at a handheld's resolution. How sure their positions are
is not part of the drawing; the comparison allows for it."""

ETA = 0.5
SHARPEST_CM1 = 2200.0
"""Bands beyond are left out: nothing is compared there, and X-H stretches are placed by an assumed factor."""


def _constant(value: float, count: int) -> Array:
    column = np.full(count, value)
    column.flags.writeable = False
    return column


def as_bands(one: ComputedReference, row: Row) -> BandReference:
    """One computed molecule with its row of `computed.csv` as a band reference of grade "computed"."""
    return _drawn(
        substance=one.substance,
        name=substance(one.substance).name if one.id == one.substance else one.id,
        shift_cm1=one.shift_cm1,
        height=one.height,
        source=f"{row['source']}: {one.method}; {row['versions']}",
        licence=row["licence"],
        note=_note(one.position_sd_cm1[0], one.intensity_factor_sd[0], one.doubt),
    )


def fresh_bands(one: ComputedBands) -> BandReference:
    """A molecule that was just computed as a band reference; one that the table lacks goes by its SMILES."""
    return _drawn(
        substance=one.substance or one.smiles,
        name=name_of(one.substance) if one.substance else one.smiles,
        shift_cm1=np.array([band.shift_cm1 for band in one.bands]),
        height=np.array([band.height for band in one.bands]),
        source=f"computed on {one.made.isoformat()}: {one.method}; {one.versions}",
        licence="the user's own",
        note=_note(one.bands[0].position_sd_cm1, one.bands[0].intensity_factor_sd, one.doubt),
    )


def _note(position_sd_cm1: float, factor: float, doubt: str) -> str:
    sure = f"computed: positions within {position_sd_cm1:g} cm-1, heights within a factor {factor:g}"
    return "; ".join(filter(None, (sure, doubt)))


def _drawn(
    *, substance: str, name: str, shift_cm1: Array, height: Array, source: str, licence: str, note: str
) -> BandReference:
    inside = shift_cm1 <= SHARPEST_CM1
    shift, height = shift_cm1[inside], height[inside]
    for column in (shift, height):
        column.flags.writeable = False
    return BandReference(
        substance=substance,
        name=name,
        grade="computed",
        shift_cm1=shift,
        fwhm_cm1=_constant(FWHM_CM1, shift.size),
        eta=_constant(ETA, shift.size),
        height=height,
        source=source,
        licence=licence,
        instrument="none: computed for 785 nm",
        laser_nm=785.0,
        note=note,
    )


@cache
def computed_band_references() -> tuple[BandReference, ...]:
    """Computed entries of the default library: those whose identity group has no measured or published reference.

    In order of substance id; a substance and its hydrate are two entries of one substance.
    """
    rows = {row["id"]: row for row in table_rows("computed")}
    known = {member for one in references() for member in identity_group(one.substance)}
    kept = [one for one in computed_references() if one.substance not in known]
    return tuple(as_bands(one, rows[one.id]) for one in sorted(kept, key=lambda one: (one.substance, one.id)))
