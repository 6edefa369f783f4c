"""`Calibration`: one device's axis, laser and response, with what they were found from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from ..errors import CalibrationError
from ..spectrum import FloatArray
from .polynomial import Polynomial, position_of
from .response import Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line used: where it was found, where it truly lies, and fitted minus true.

    `true` and `residual` are in nm for the lamp and in cm-1 for the standard.
    """

    pixel: float
    true: float
    residual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A device's calibration.

    Attributes
    ----------
    uid, board, pixels : of the device.
    axis : wavelength in air over the position on the detector, with covariance.
    laser_nm, laser_sigma_nm : in air, and its standard uncertainty.
    standard : name of the Raman shift standard. lamp_lines, standard_lines : lines used, with residuals.
    response : relative response; None when no glass was measured.
    made_at : aware. expires_on : last day on which it counts.

    Raises
    ------
    CalibrationError
        The numbers are no axis: not ascending, a laser beyond the detector, an end before the beginning.
    """

    uid: str
    board: str
    pixels: int
    axis: Polynomial
    laser_nm: float
    laser_sigma_nm: float
    standard: str
    lamp_lines: tuple[Line, ...]
    standard_lines: tuple[Line, ...]
    response: Response | None
    made_at: datetime
    expires_on: date

    def __post_init__(self) -> None:
        where = f"calibration of {self.uid or 'a device without id'}"
        if self.pixels < 16 or self.made_at.tzinfo is None:
            raise CalibrationError(f"{where}: {self.pixels} pixels at {self.made_at}: calibrate again")
        wavelength = self.wavelength_nm()
        good = bool(np.all(np.isfinite(wavelength)) and np.all(np.diff(wavelength) > 0) and wavelength[0] > 0)
        if not good or not 0 < self.laser_nm < float(wavelength[-1]):
            raise CalibrationError(
                f"{where}: {wavelength[0]:.1f} to {wavelength[-1]:.1f} nm with a laser of {self.laser_nm:.1f} nm is no"
                " rising axis above the laser: calibrate again"
            )
        if self.expires_on < self.made_at.date():
            raise CalibrationError(f"{where}: expires on {self.expires_on}, before it was made: calibrate again")

    def wavelength_nm(self) -> FloatArray:
        """(P,) wavelength in air of each pixel."""
        return self.axis(self._position())

    def shift_cm1(self) -> FloatArray:
        """(P,) Raman shift of each pixel."""
        shift: FloatArray = 1e7 / self.laser_nm - 1e7 / self.wavelength_nm()
        return shift

    def sigma_cm1(self, shift_cm1: FloatArray) -> FloatArray:
        """Standard uncertainty of the axis at these shifts, in cm-1: of polynomial and laser together.

        It grows beyond the lowest and the highest line that was fitted.
        """
        shift = np.asarray(shift_cm1, dtype=np.float64)
        wavelength = 1e7 / (1e7 / self.laser_nm - shift)
        position = np.interp(wavelength, self.wavelength_nm(), self._position())
        axis = 1e7 / wavelength**2 * self.axis.sigma(position)
        laser = 1e7 / self.laser_nm**2 * self.laser_sigma_nm
        sigma: FloatArray = np.hypot(axis, laser)
        return sigma

    @property
    def lamp_rms_nm(self) -> float:
        """Root mean square residual of the lamp's lines."""
        return _rms(self.lamp_lines)

    @property
    def standard_rms_cm1(self) -> float:
        """Root mean square residual of the standard's lines."""
        return _rms(self.standard_lines)

    def _position(self) -> FloatArray:
        return position_of(np.arange(self.pixels, dtype=np.float64), self.pixels)


def _rms(lines: tuple[Line, ...]) -> float:
    return float(np.sqrt(np.mean([line.residual**2 for line in lines]))) if lines else 0.0
