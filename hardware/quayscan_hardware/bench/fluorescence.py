"""Fluorescence: a broad background that fades with the light dose."""

from __future__ import annotations

import numpy as np

from ..board import FloatArray

BLEACHABLE = 0.5
"""Share of the background that bleaches; the rest stays (chosen)."""

CENTRE_NM = 840.0
WIDTH_NM = 90.0
"""A tail that rises a little behind the laser and falls over the range, as most at 785 nm do (chosen)."""


def fluorescence_profile(wavelength_nm: FloatArray) -> FloatArray:
    """Shape of the background at each wavelength, (P,), 1 at its top."""
    profile: FloatArray = np.exp(-0.5 * ((wavelength_nm - CENTRE_NM) / WIDTH_NM) ** 2)
    return profile


def bleaching(dose_j: float, bleach_j: float) -> float:
    """What is left of the background after a light dose in joules: from 1 down to 1 - BLEACHABLE."""
    return 1.0 - BLEACHABLE + BLEACHABLE * float(np.exp(-dose_j / bleach_j))
