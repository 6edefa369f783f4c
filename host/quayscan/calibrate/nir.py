"""From the counts of a near-infrared board to absorbance: dark, white tile and sample of one exposure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quayscan_hardware import Board

from ..exposure import CountArray, Exposure
from ..spectrum import FloatArray, Spectrum
from .noise import pixel_variance

NO_LAMP = "lamp"
NO_REFERENCE = "reference"

LEAST_WHITE_TO_NOISE = 20.0
"""Under this signal-to-noise of the white tile a pixel's absorbance is not worth having: its noise exceeds 0.02."""

LEAST_SHARE = 0.5
"""Fewer pixels than this with a usable white are no reference."""

Measured = tuple[FloatArray, FloatArray]
"""Mean counts of a frame, or what is made of them, and the variance; each (P,)."""

LN_10 = float(np.log(10.0))


def calibrate_nir(exposure: Exposure, board: Board, *, title: str = "", notes: tuple[str, ...] = ()) -> Spectrum:
    """The absorbance of an exposure, log10 of white over sample, each less the dark, on the board's nominal axis.

    The exposure brings its own white reference, so that lamp, detector and their temperature cancel. Pixels whose white
    is lost in noise are left out. A sample that sends back less light than its noise counts as sending back that much,
    with a variance to match.

    Parameters
    ----------
    notes : remarks for the spectrum.

    Returns
    -------
    Spectrum over wavelength in nm; its `defect` is "lamp" or "reference" when there was no light or no white reference,
    and then its numbers mean nothing.
    """
    dark, sample, white = (_mean(exposure, board, sums) for sums in _sums(exposure))
    usable = white[0] - dark[0] > LEAST_WHITE_TO_NOISE * np.sqrt(white[1] + dark[1])
    defect = _defect(exposure, board, usable)
    if defect:
        usable = np.ones_like(usable)
    absorbance, variance = _absorbance(dark, sample, white)
    return Spectrum(
        axis=board.wavelength_nm()[usable],
        intensity=np.zeros(usable.size) if defect else absorbance[usable],
        variance=np.ones(usable.size) if defect else variance[usable],
        axis_unit="wavelength_nm",
        instrument=f"{exposure.board} {exposure.uid}",
        saturated_fraction=float(np.float64(exposure.saturated) / usable.size),
        title=title,
        notes=notes,
        defect=defect,
    )


def _sums(exposure: Exposure) -> tuple[CountArray, CountArray, CountArray]:
    """Dark, sample and white; the dark once more where there is no white."""
    white = exposure.dark_sum if exposure.white_sum is None else exposure.white_sum
    return exposure.dark_sum, exposure.light_sum, white


def _mean(exposure: Exposure, board: Board, sums: CountArray) -> Measured:
    """Mean counts and their variance, each (P,)."""
    mean = sums / exposure.averages
    return mean, pixel_variance(mean, mean, exposure.averages, board.detector) / 2  # that of a difference, halved


def _defect(exposure: Exposure, board: Board, usable: NDArray[np.bool_]) -> str:
    if exposure.laser_mw == 0 or exposure.photodiode < board.light.photodiode_on:
        return NO_LAMP
    if exposure.white_sum is None or usable.mean() < LEAST_SHARE:
        return NO_REFERENCE
    return ""


def _absorbance(dark: Measured, sample: Measured, white: Measured) -> Measured:
    """log10 of white over sample, each less the dark, and its variance; what the dark errs in is common to both."""
    above = np.maximum(sample[0] - dark[0], np.sqrt(sample[1] + dark[1]))
    over = np.maximum(white[0] - dark[0], np.sqrt(white[1] + dark[1]))
    variance = (sample[1] / above**2 + white[1] / over**2 + dark[1] * (1 / above - 1 / over) ** 2) / LN_10**2
    return np.log10(over / above), variance
