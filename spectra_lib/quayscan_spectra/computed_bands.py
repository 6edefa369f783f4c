"""Computed molecules as band references, for substances that nobody has measured or published."""

from functools import cache

import numpy as np

from .identity import identity_group
from .insilico.computed_references import ComputedReference, computed_references
from .references import BandReference, references
from .substances import substance
from .table_rows import Row, table_rows

FWHM_CM1 = 8.0
"""Width at which computed bands are drawn: about a liquid's at a handheld's resolution. How sure their positions are
is not part of the drawing; the comparison allows for it."""

ETA = 0.5
SHARPEST_CM1 = 2200.0
"""Bands beyond are left out: nothing is compared there, and X-H stretches are placed by an assumed factor."""


def _constant(value: float, count: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    column = np.full(count, value)
    column.flags.writeable = False
    return column


def as_bands(one: ComputedReference, row: Row) -> BandReference:
    """One computed molecule with its row of `computed.csv` as a band reference of grade "computed"."""
    inside = one.shift_cm1 <= SHARPEST_CM1
    shift, height = one.shift_cm1[inside], one.height[inside]
    for column in (shift, height):
        column.flags.writeable = False
    note = f"computed: positions within {one.position_sd_cm1[0]:g} cm-1, heights within a factor"
    return BandReference(
        substance=one.substance,
        name=substance(one.substance).name if one.id == one.substance else one.id,
        grade="computed",
        shift_cm1=shift,
        fwhm_cm1=_constant(FWHM_CM1, shift.size),
        eta=_constant(ETA, shift.size),
        height=height,
        source=f"{row['source']}: {one.method}; {row['versions']}",
        licence=row["licence"],
        instrument="none: computed for 785 nm",
        laser_nm=785.0,
        note="; ".join(filter(None, (f"{note} {one.intensity_factor_sd[0]:g}", one.doubt))),
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
