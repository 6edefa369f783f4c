"""`fit_calibration`: lamp, standard and glass become a calibration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from quayscan_spectra.calibration_lines import IntensityStandard, ShiftStandard, intensity_standard, lamp_lines

from ..spectrum import FloatArray
from .calibration import Calibration, Line
from .lamp_search import NARROW, WIDE, Span
from .laser_fit import fit_laser
from .peaks import find_lines
from .polynomial import Polynomial, over_pixels, straight
from .response_fit import fit_response
from .wavelength_fit import fit_wavelength

VALID_DAYS = 365


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measured:
    """What a device measured for its calibration, every array (P,) counts.

    Attributes
    ----------
    neon : the lamp, laser off. standard : the shift standard, light minus dark.
    glass : the intensity standard, light minus dark; None when there is none.
    """

    neon: FloatArray
    standard: FloatArray
    glass: FloatArray | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What is known of the instrument beforehand: an axis, how far it may be off, the laser's nominal wavelength."""

    axis: Polynomial
    laser_nm: float
    span: Span = NARROW


def start_from(wavelength_nm: tuple[float, ...], pixels: int, laser_nm: float) -> Start:
    """Start from the maker's polynomial over the pixel number, lowest power first."""
    return Start(axis=over_pixels(wavelength_nm, pixels), laser_nm=laser_nm)


def start_from_ends(first_nm: float, last_nm: float, laser_nm: float) -> Start:
    """Start from no more than the range that the instrument is said to see."""
    return Start(axis=straight(first_nm, last_nm), laser_nm=laser_nm, span=WIDE)


def fit_calibration(
    measured: Measured,
    start: Start,
    standard: ShiftStandard,
    *,
    uid: str,
    board: str,
    now: datetime,
    valid_days: int = VALID_DAYS,
    glass: IntensityStandard | None = None,
) -> Calibration:
    """Axis from the lamp, then the laser from the standard on that axis, then the response on both.

    Parameters
    ----------
    now : aware; when it was measured.
    glass : what `measured.glass` is; SRM 2241 by default.

    Raises
    ------
    CalibrationError
        Lamp, standard or glass is not recognised; says what to do.
    """
    pixels = int(np.size(measured.neon))
    wavelength = fit_wavelength(find_lines(measured.neon), lamp_lines(), pixels, start.axis, span=start.span)
    laser = fit_laser(find_lines(measured.standard), standard, wavelength.axis, pixels, start.laser_nm)
    found = Calibration(
        uid=uid,
        board=board,
        pixels=pixels,
        axis=wavelength.axis,
        laser_nm=laser.laser_nm,
        laser_sigma_nm=laser.sigma_nm,
        standard=standard.name,
        lamp_lines=_lines(wavelength.pixel, wavelength.line_nm, wavelength.residual_nm),
        standard_lines=_lines(laser.pixel, laser.line_cm1, laser.residual_cm1),
        response=None,
        made_at=now,
        expires_on=now.date() + timedelta(days=valid_days),
    )
    return found if measured.glass is None else _with_response(found, measured.glass, glass or intensity_standard())


def _with_response(found: Calibration, counts: FloatArray, glass: IntensityStandard) -> Calibration:
    return replace(found, response=fit_response(counts, found.shift_cm1(), glass, laser_nm=found.laser_nm))


def _lines(pixel: FloatArray, true: FloatArray, residual: FloatArray) -> tuple[Line, ...]:
    rows = zip(pixel, true, residual, strict=True)
    return tuple(Line(pixel=float(a), true=float(b), residual=float(c)) for a, b, c in rows)
