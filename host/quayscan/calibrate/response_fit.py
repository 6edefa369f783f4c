"""Relative response over the Raman shift, from a luminescent glass of certified spectrum."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import make_lsq_spline
from scipy.ndimage import median_filter

from quayscan_spectra.calibration_lines import IntensityStandard

from ..errors import CalibrationError
from ..spectrum import FloatArray
from .response import Response

KNOT_CM1 = 100.0
"""Distance of the spline's knots: wider than any band, so that no band of a glass holder becomes response."""

STORED_CM1 = 20.0
SPIKE_PIXELS = 7
LEAST_SHARE = 0.05
"""Where the glass gives less than this share of its largest signal, dividing by it would only raise noise."""

LEAST_SIGNAL_TO_NOISE = 20.0


def fit_response(
    counts: FloatArray, shift_cm1: FloatArray, standard: IntensityStandard, *, laser_nm: float
) -> Response:
    """What the instrument makes of the certified spectrum.

    Parameters
    ----------
    counts : (P,) light minus dark before the glass. shift_cm1 : (P,) calibrated, ascending.

    Raises
    ------
    CalibrationError
        The glass is not for this laser, its signal is too low, or it covers too little of the axis.
    """
    if abs(laser_nm - standard.laser_nm) > 2.0:
        raise CalibrationError(
            f"{standard.title} is certified for {standard.laser_nm:g} nm and the laser has {laser_nm:.2f} nm: use the"
            " glass made for this laser"
        )
    smooth = median_filter(np.asarray(counts, dtype=np.float64), SPIKE_PIXELS)
    inside = (shift_cm1 >= standard.from_cm1) & (shift_cm1 <= standard.to_cm1)
    inside &= smooth > LEAST_SHARE * float(np.max(smooth[inside], initial=0.0))
    _require_signal(counts, smooth, inside, standard)
    run = slice(int(np.argmax(inside)), inside.size - int(np.argmax(inside[::-1])))
    certified = np.polynomial.polynomial.polyval(shift_cm1[run], np.array(standard.coefficients))
    at, ratio = _splined(shift_cm1[run], smooth[run] / certified)
    return Response(
        shift_cm1=tuple(float(one) for one in at),
        relative=tuple(float(one) for one in np.maximum(ratio / ratio.max(), LEAST_SHARE / 2)),
        standard=standard.name,
    )


def _splined(shift: FloatArray, ratio: FloatArray) -> tuple[FloatArray, FloatArray]:
    inner = np.arange(shift[0] + KNOT_CM1, shift[-1] - KNOT_CM1, KNOT_CM1)
    knots = np.concatenate([np.full(4, shift[0]), inner, np.full(4, shift[-1])])
    spline = make_lsq_spline(shift, ratio, knots, k=3)
    at = np.append(np.arange(shift[0], shift[-1], STORED_CM1), shift[-1])
    return at, np.asarray(spline(at), dtype=np.float64)


def _require_signal(
    counts: FloatArray, smooth: FloatArray, inside: NDArray[np.bool_], standard: IntensityStandard
) -> None:
    noise = float(np.std((counts - smooth)[inside])) if inside.any() else np.inf
    level = float(np.median(smooth[inside])) if inside.any() else 0.0
    if level < LEAST_SIGNAL_TO_NOISE * noise or inside.sum() < 100:
        raise CalibrationError(
            f"the signal of {standard.title} is {level:.0f} counts with {noise:.0f} of noise over {int(inside.sum())}"
            " pixels: put the glass at the focus and expose longer"
        )
