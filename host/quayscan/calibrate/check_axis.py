"""The daily check: does a standard still lie where the calibration says?"""

from __future__ import annotations

from datetime import datetime

import numpy as np

from quayscan_spectra.calibration_lines import ShiftStandard

from ..errors import CalibrationError
from ..spectrum import FloatArray
from .calibration import Calibration
from .check import Check
from .laser_fit import STRONG, fit_laser
from .peaks import find_lines

LIMIT_CM1 = 3.0
"""Largest error of a strong line that passes (chosen: a comparison allows 8 cm-1, references themselves are off by
up to a few)."""


def check_axis(
    counts: FloatArray,
    calibration: Calibration,
    standard: ShiftStandard,
    *,
    now: datetime,
    limit_cm1: float = LIMIT_CM1,
) -> Check:
    """Measure how far a standard's strong lines lie from their places on the calibrated axis.

    The standard is recognised wherever it lies within some 90 cm-1, so that a displaced axis is a failed check and
    something else before the probe is not.

    Parameters
    ----------
    counts : (P,) light minus dark before the standard.

    Raises
    ------
    CalibrationError
        Another detector, or the standard is not recognised: nothing was checked.
    """
    if counts.size != calibration.pixels:
        raise CalibrationError(
            f"{counts.size} pixels were measured and {calibration.pixels} calibrated: calibrate this device"
        )
    found = fit_laser(find_lines(counts), standard, calibration.axis, calibration.pixels, calibration.laser_nm)
    displaced = 1e7 / calibration.laser_nm - 1e7 / found.laser_nm
    strong = standard.strength[np.searchsorted(standard.shift_cm1, found.line_cm1)] >= STRONG
    error = found.residual_cm1[strong] + displaced
    return Check(
        at=now,
        standard=standard.name,
        passed=bool(np.max(np.abs(error)) <= limit_cm1),
        limit_cm1=limit_cm1,
        line_cm1=tuple(float(one) for one in found.line_cm1[strong]),
        error_cm1=tuple(float(one) for one in error),
    )
