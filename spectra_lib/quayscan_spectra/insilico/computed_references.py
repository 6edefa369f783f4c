"""Reads what was computed: the rows of `computed.csv` with their bands. Needs none of the heavy packages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from ..profile import pseudo_voigt
from ..table_rows import table_rows
from .bands import heights
from .character import Character, read_character
from .scaling import Scaling, scaled
from .units import Array
from .write_rows import read_rows

FWHM_CM1 = 14.0  # width at which computed bands are drawn: their positions are no surer
_ETA = 0.5


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ComputedReference:
    """The bands of one computed molecule.

    `shift_cm1`, `height` (strongest of 400-1800 cm-1 is 100), `harmonic_cm1`, `activity`, `position_sd_cm1` and
    `intensity_factor_sd` are (B,) float64 in order of shift. `doubt` is empty where nothing is known against it.
    """

    id: str
    substance: str
    model: str
    method: str
    doubt: str
    shift_cm1: Array
    height: Array
    position_sd_cm1: Array
    intensity_factor_sd: Array
    harmonic_cm1: Array
    activity: Array
    character: tuple[Character, ...]

    def placed(self, by: Scaling) -> tuple[Array, Array]:
        """Positions and heights (B,) under another scaling, in the order of the bands here."""
        pairs = zip(self.harmonic_cm1, self.character, strict=True)
        shift = np.array([scaled(float(raw), character, by) for raw, character in pairs])
        return shift, heights(self.activity, shift, self.character, by)


def _reference(row: Mapping[str, str], bands: list[Mapping[str, str]]) -> ComputedReference:
    def column(name: str) -> Array:
        return np.array([float(band[name]) for band in bands])

    return ComputedReference(
        id=row["id"],
        substance=row["substance"],
        model=row["model"],
        method=row["method"],
        doubt=row["doubt"],
        shift_cm1=column("shift_cm1"),
        height=column("height"),
        position_sd_cm1=column("position_sd_cm1"),
        intensity_factor_sd=column("intensity_factor_sd"),
        harmonic_cm1=column("harmonic_cm1"),
        activity=column("activity"),
        character=tuple(read_character(band["character"]) for band in bands),
    )


def _all(rows: Iterable[Mapping[str, str]], bands: Iterable[Mapping[str, str]]) -> tuple[ComputedReference, ...]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for band in bands:
        found.setdefault(band["id"], []).append(band)
    return tuple(_reference(row, found[row["id"]]) for row in rows)


@cache
def computed_references() -> tuple[ComputedReference, ...]:
    """Every computed molecule of the package's own tables, in the order they were finished."""
    return _all(table_rows("computed"), table_rows("computed_bands"))


def read_computed(tables: Path) -> tuple[ComputedReference, ...]:
    """Every computed molecule of the tables in a folder as they are now."""
    return _all(read_rows(tables / "computed.csv"), read_rows(tables / "computed_bands.csv"))


def draw(shift_cm1: Array, height: Array, axis_cm1: Array, fwhm_cm1: float = FWHM_CM1) -> Array:
    """Bands (B,) drawn on an axis (N,): (N,) float64."""
    lines = pseudo_voigt(axis_cm1 - shift_cm1[:, None], np.full((len(shift_cm1), 1), fwhm_cm1), np.array(_ETA))
    return np.asarray(height @ lines, dtype=np.float64)
