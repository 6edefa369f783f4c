"""What instruments are calibrated with: lamp lines, Raman shift standards, a relative intensity standard."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .errors import UnknownSubstance
from .profile import Array
from .table_rows import table_rows


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LampLines:
    """Emission lines of a lamp, ascending: wavelength in air (nm) and relative intensity, each (L,) read-only."""

    wavelength_nm: Array
    intensity: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShiftStandard:
    """A substance of known Raman shifts.

    Attributes
    ----------
    name, title : as a command takes it, and in words. source : of the values.
    shift_cm1 : (L,) read-only, ascending. strength : (L,) read-only, 1 (weak) to 4, and 5 for the strongest line.
    """

    name: str
    title: str
    shift_cm1: Array
    strength: Array
    source: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class IntensityStandard:
    """A luminescent glass whose spectrum is certified as a polynomial over the shift in cm-1, lowest power first.

    `laser_nm` is the excitation it holds for, `from_cm1` to `to_cm1` its range.
    """

    name: str
    title: str
    laser_nm: float
    coefficients: tuple[float, ...]
    from_cm1: float
    to_cm1: float
    source: str


STRONG_NEON = 0.1
"""Lines of neon with this share of the strongest one's intensity are ambient ones."""


def _column(values: list[float]) -> Array:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


@cache
def lamp_lines(species: str = "Ne I") -> LampLines:
    """The lines of a lamp.

    Raises
    ------
    UnknownSubstance
        No line of this species is in the table; lists those that are.
    """
    rows = [row for row in table_rows("lamp_lines") if row["species"] == species]
    if not rows:
        known = sorted({row["species"] for row in table_rows("lamp_lines")})
        raise UnknownSubstance(f"no lamp lines of {species!r}: use one of {', '.join(known)}")
    rows.sort(key=lambda row: float(row["wavelength_air_nm"]))
    return LampLines(
        wavelength_nm=_column([float(row["wavelength_air_nm"]) for row in rows]),
        intensity=_column([float(row["relative_intensity"]) for row in rows]),
    )


AIR_INDEX = 1.000275
"""Refractive index of air between 540 and 930 nm, within 3 in a million: 0.05 cm-1."""


@cache
def ambient_lamps() -> dict[str, Array]:
    """Strong lines of lamps that light a room: species to wavelengths in air (nm), each (L,) read-only, ascending.

    Mercury and argon of fluorescent and discharge lamps, neon of pilot lights (the strong ones of `lamp_lines`).
    """
    found: dict[str, list[float]] = {}
    for row in table_rows("ambient_lines"):
        found.setdefault(row["species"], []).append(float(row["wavelength_vacuum_nm"]) / AIR_INDEX)
    neon = lamp_lines()
    strong = neon.intensity >= STRONG_NEON * neon.intensity.max()
    lamps = {species: _column(sorted(lines)) for species, lines in found.items()}
    return {**lamps, "Ne I": _column(neon.wavelength_nm[strong].tolist())}


def shift_standards() -> tuple[str, ...]:
    """Names of the Raman shift standards, sorted."""
    return tuple(sorted({row["standard"] for row in table_rows("shift_standards")}))


@cache
def shift_standard(name: str) -> ShiftStandard:
    """The Raman shift standard called `name`.

    Raises
    ------
    UnknownSubstance
        There is none; lists those there are.
    """
    rows = [row for row in table_rows("shift_standards") if row["standard"] == name]
    if not rows:
        raise UnknownSubstance(f"no Raman shift standard is called {name!r}: use one of {', '.join(shift_standards())}")
    rows.sort(key=lambda row: float(row["shift_cm1"]))
    return ShiftStandard(
        name=name,
        title=rows[0]["title"],
        shift_cm1=_column([float(row["shift_cm1"]) for row in rows]),
        strength=_column([float(row["strength"]) for row in rows]),
        source=rows[0]["source"],
    )


@cache
def intensity_standard(name: str = "srm2241") -> IntensityStandard:
    """The relative intensity standard called `name`.

    Raises
    ------
    UnknownSubstance
        There is none.
    """
    rows = [row for row in table_rows("intensity_standards") if row["standard"] == name]
    if not rows:
        raise UnknownSubstance(f"no relative intensity standard is called {name!r}: use srm2241")
    rows.sort(key=lambda row: int(row["power"]))
    return IntensityStandard(
        name=name,
        title=rows[0]["title"],
        laser_nm=float(rows[0]["laser_nm"]),
        coefficients=tuple(float(row["coefficient"]) for row in rows),
        from_cm1=float(rows[0]["from_cm1"]),
        to_cm1=float(rows[0]["to_cm1"]),
        source=rows[0]["source"],
    )
