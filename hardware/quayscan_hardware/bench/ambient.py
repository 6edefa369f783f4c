"""Ambient light that leaks past the probe: it falls on dark and light frames alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from ..board import FloatArray
from .lamps import lamp_profile

AMBIENT_E_PER_S = 60000.0
"""Rate at the brightest pixel with the probe held badly in a lit room (chosen)."""


def _none(wavelength_nm: FloatArray, slit_fwhm_px: float) -> FloatArray:
    return np.zeros_like(wavelength_nm)


def _daylight(wavelength_nm: FloatArray, slit_fwhm_px: float) -> FloatArray:
    """Smooth and falling to the red, with the broad water band at 935 nm."""
    smooth = 1.0 - 0.002 * (wavelength_nm - wavelength_nm[0])
    daylight: FloatArray = smooth * (1.0 - 0.5 * np.exp(-0.5 * ((wavelength_nm - 938.0) / 9.0) ** 2))
    return daylight


def _fluorescent(wavelength_nm: FloatArray, slit_fwhm_px: float) -> FloatArray:
    """The argon fill's lines and the mercury lines' second orders over a weak smooth part."""
    lines = lamp_profile(wavelength_nm, slit_fwhm_px, "Ar I", "Hg I second order")
    return 0.9 * lines + 0.1 * _daylight(wavelength_nm, slit_fwhm_px)


AMBIENTS: Mapping[str, Callable[[FloatArray, float], FloatArray]] = {
    "none": _none,
    "daylight": _daylight,
    "fluorescent": _fluorescent,
}


def ambient_rate(kind: str, wavelength_nm: FloatArray, slit_fwhm_px: float) -> FloatArray:
    """Ambient photons as electrons a second before the efficiency curve, (P,).

    Raises
    ------
    ValueError
        When `kind` is none of `AMBIENTS`.
    """
    if kind not in AMBIENTS:
        raise ValueError(f"no ambient light is called {kind!r}: choose one of {', '.join(AMBIENTS)}")
    return AMBIENT_E_PER_S * AMBIENTS[kind](wavelength_nm, slit_fwhm_px)
