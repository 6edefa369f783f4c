"""Full well and converter: electrons become counts, and both ends are hard."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..board import Detector, FloatArray


def digitise(electrons: FloatArray, detector: Detector) -> NDArray[np.uint16]:
    """Counts of one frame, (P,) little-endian uint16: offset, gain, rounding, clipped to 0 and `adc_max`."""
    counts = np.minimum(electrons, detector.full_well_e) / detector.gain_e_per_count + detector.adc_offset
    return np.clip(np.rint(counts), 0, detector.adc_max).astype("<u2")
