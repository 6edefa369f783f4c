"""From the counts of a near-infrared board to absorbance: dark, white tile and sample of one exposure."""

from __future__ import annotations

import numpy as np

from quayscan_hardware import Board

from ..exposure import Exposure
from ..spectrum import FloatArray, Spectrum
from .noise import pixel_variance

NO_LAMP = "lamp"
NO_REFERENCE = "reference"

LEAST_WHITE_TO_NOISE = 20.0
"""Under this signal-to-noise of the white tile a pixel's absorbance is not worth having: its noise exceeds 0.02."""

LEAST_SHARE = 0.5
"""Fewer pixels than this with a usable white are no reference."""

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
    sample, white = (_above_dark(exposure, board, sums) for sums in (exposure.light_sum, _white(exposure)))
    usable = white[0] > LEAST_WHITE_TO_NOISE * np.sqrt(white[1])
    defect = _defect(exposure, board, usable)
    if defect:
        usable = np.ones_like(usable)
    absorbance, variance = _absorbance(sample, white)
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


def _white(exposure: Exposure) -> np.ndarray[tuple[int, ...], np.dtype[np.uint32]]:
    return exposure.dark_sum if exposure.white_sum is None else exposure.white_sum


def _above_dark(
    exposure: Exposure, board: Board, sums: np.ndarray[tuple[int, ...], np.dtype[np.uint32]]
) -> tuple[FloatArray, FloatArray]:
    """Mean counts less the mean dark ones, and their variance, each (P,)."""
    lit, dark = sums / exposure.averages, exposure.dark_sum / exposure.averages
    return lit - dark, pixel_variance(lit, dark, exposure.averages, board.detector)


def _defect(exposure: Exposure, board: Board, usable: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> str:
    if exposure.laser_mw == 0 or exposure.photodiode < board.light.photodiode_on:
        return NO_LAMP
    if exposure.white_sum is None or usable.mean() < LEAST_SHARE:
        return NO_REFERENCE
    return ""


def _absorbance(
    sample: tuple[FloatArray, FloatArray], white: tuple[FloatArray, FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """log10 of white over sample, and its variance; each pair is mean and variance."""
    above, over = (np.maximum(mean, np.sqrt(variance)) for mean, variance in (sample, white))
    variance: FloatArray = (sample[1] / above**2 + white[1] / over**2) / LN_10**2
    absorbance: FloatArray = np.log10(over / above)
    return absorbance, variance
