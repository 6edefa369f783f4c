"""The halogen lamp: a smooth spectrum, and a filament that takes a moment to settle."""

from __future__ import annotations

import math

import numpy as np

from ..board import FloatArray

FILAMENT_K = 2900.0
"""Colour temperature (typical of a small halogen lamp)."""

SECOND_RADIATION_NM_K = 1.438777e7
"""hc/k in nm K (CODATA 2018)."""

AFTERGLOW_SHARE = 0.25
"""Time constant of a filament's light after it was switched off, of the time that it takes to settle (chosen)."""

COLD_SHARE = 0.6
"""Light at the moment of switching on over that of the settled lamp (chosen)."""


def halogen_profile(wavelength_nm: FloatArray) -> FloatArray:
    """Photons a nm at each wavelength, (P,), 1 at the top of the range given: Planck's law."""
    exponent = SECOND_RADIATION_NM_K / (wavelength_nm * FILAMENT_K)
    photons = wavelength_nm**-4.0 / np.expm1(exponent)
    profile: FloatArray = photons / photons.max()
    return profile


def settled_share(on_s: float, settle_s: float) -> float:
    """Light of a lamp that has been on for `on_s` seconds over that of the settled one; exactly 1 from `settle_s` on.

    A real filament approaches its end value for ever. Here it has an end, so that frames taken after the board's
    warm-up time do not depend on the speed of the computer.
    """
    if on_s >= settle_s:
        return 1.0
    left = 1.0 - on_s / settle_s
    return 1.0 - (1.0 - COLD_SHARE) * left**2


def afterglow(off_s: float, settle_s: float) -> float:
    """Light of a lamp that has been off for `off_s` seconds over that of the settled one; 0 where `settle_s` is 0."""
    return math.exp(-off_s / (AFTERGLOW_SHARE * settle_s)) if settle_s else 0.0
