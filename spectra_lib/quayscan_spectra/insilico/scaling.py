"""From harmonic to observed wavenumbers, and from activities to intensities at a laser line."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np

from ..table_rows import table_rows
from .character import Character
from .units import HC_OVER_K_CM, Array

LASER_NM = 785.0
TEMPERATURE_K = 298.0
_HYDROGEN_STRETCH_CM1 = 2600.0
_LEAST_CM1 = 20.0  # softer modes are not vibrations of one molecule; their Boltzmann factor diverges


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaling:
    """nu = raw (linear - quadratic raw + sum of share x shift); above 2600 cm-1 nu = raw x hydrogen.

    `shifts` gives the relative shift of a class of motion, `gains` the logarithm by which its bands are stronger in
    measured spectra than computed: what small basis sets overrate, and the spectrometer's own response with it.
    `position_sd_cm1` and `intensity_factor_sd` are what the
    validation left; `hydrogen_sd_cm1` is for positions above 2600 cm-1.
    """

    linear: float
    quadratic: float
    hydrogen: float
    shifts: Mapping[str, float]
    gains: Mapping[str, float]
    position_sd_cm1: float
    hydrogen_sd_cm1: float
    intensity_factor_sd: float


def _by_class(rows: Mapping[str, float], start: str) -> Mapping[str, float]:
    return MappingProxyType({k.removeprefix(start): value for k, value in rows.items() if k.startswith(start)})


@cache
def scaling() -> Scaling:
    """The coefficients of `tables/computed_scaling.csv`; each row there names its source."""
    rows = {row["name"]: float(row["value"]) for row in table_rows("computed_scaling")}
    return Scaling(
        linear=rows["linear"],
        quadratic=rows["quadratic"],
        hydrogen=rows["hydrogen"],
        shifts=_by_class(rows, "shift "),
        gains=_by_class(rows, "gain "),
        position_sd_cm1=rows["position sd"],
        hydrogen_sd_cm1=rows["hydrogen position sd"],
        intensity_factor_sd=rows["intensity factor sd"],
    )


def scaled(harmonic_cm1: float, character: Character, by: Scaling) -> float:
    """The wavenumber expected in a measured spectrum, cm-1."""
    if harmonic_cm1 > _HYDROGEN_STRETCH_CM1:
        return harmonic_cm1 * by.hydrogen
    shift = sum(share * by.shifts.get(name, 0.0) for name, share in character.items())
    shift = sum(share * by.shifts.get(name, 0.0) for name, share in character.items())
    return float(harmonic_cm1 * (by.linear - by.quadratic * harmonic_cm1 + shift))


def position_sd(harmonic_cm1: float, by: Scaling) -> float:
    """How far from its place a band may lie, 1 sd in cm-1."""
    return by.hydrogen_sd_cm1 if harmonic_cm1 > _HYDROGEN_STRETCH_CM1 else by.position_sd_cm1


def gain(character: Character, by: Scaling) -> float:
    """The factor between the measured and the computed strength of a band of this character."""
    return float(np.exp(sum(share * by.gains.get(name, 0.0) for name, share in character.items())))


def intensities(activity: Array, shift_cm1: Array, laser_nm: float = LASER_NM) -> Array:
    """Relative Stokes intensity (per photon energy) of bands at a laser line, 298 K.

    Parameters
    ----------
    activity : (B,) float64
        Angstrom^4/amu.
    shift_cm1 : (B,) float64
        Above 0.

    Notes
    -----
    (nu0 - nu)^4 / nu / (1 - exp(-hc nu / kT)): Long, The Raman Effect (2002), 10.1002/0470845767, equation 5.5.
    """
    shift = np.maximum(shift_cm1, _LEAST_CM1)
    thermal = 1.0 - np.exp(-HC_OVER_K_CM * shift / TEMPERATURE_K)
    return np.asarray(activity * (1e7 / laser_nm - shift) ** 4 / shift / thermal / 1e15, dtype=np.float64)
