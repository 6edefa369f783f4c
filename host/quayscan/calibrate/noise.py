"""Variance of each pixel from the detector's gain and read noise."""

from __future__ import annotations

import numpy as np

from quayscan_hardware.board import Detector

from ..spectrum import FloatArray


def pixel_variance(light: FloatArray, dark: FloatArray, averages: int, detector: Detector) -> FloatArray:
    """Variance of mean light minus mean dark counts.

    Shot noise of either mean (its counts above the converter's offset, over the gain), read noise twice, and the
    converter's rounding (1/12), each over the number of averages. Photon transfer: J. R. Janesick, "Photon Transfer",
    SPIE Press 2007, chapter 5.

    Parameters
    ----------
    light, dark : (P,) mean counts.

    Returns
    -------
    (P,) float64, counts squared.
    """
    gain = detector.gain_e_per_count
    electrons_over_gain = np.maximum(light - detector.adc_offset, 0) + np.maximum(dark - detector.adc_offset, 0)
    read = 2 * ((detector.read_noise_e / gain) ** 2 + 1 / 12)
    variance: FloatArray = (electrons_over_gain / gain + read) / averages
    return variance
