"""An instrument whose axis, laser and response are known exactly, and what it sees of lamp, standard and glass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quayscan.calibrate.fit import Measured, Start, start_from
from quayscan_spectra.calibration_lines import intensity_standard, lamp_lines, shift_standard

PIXELS = 2048
NOMINAL_NM = (795.0, 0.095, -4.0e-6)
NOMINAL_LASER_NM = 785.0


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """True coefficients over pixels, true laser, width of the slit in pixels, and noise in counts."""

    coefficients: tuple[float, ...] = NOMINAL_NM
    laser_nm: float = NOMINAL_LASER_NM
    fwhm_px: float = 4.0
    noise: float = 5.0
    seed: int = 1

    @property
    def wavelength_nm(self) -> np.ndarray:
        return np.polynomial.polynomial.polyval(np.arange(PIXELS, dtype=float), np.array(self.coefficients))

    @property
    def shift_cm1(self) -> np.ndarray:
        return 1e7 / self.laser_nm - 1e7 / self.wavelength_nm

    def response(self) -> np.ndarray:
        at = np.linspace(0.0, 1.0, PIXELS)
        return 0.4 + 0.6 * np.sin(np.pi * (0.2 + 0.6 * at))

    def lines(self, wavelength_nm: np.ndarray, height: np.ndarray) -> np.ndarray:
        pixel = np.interp(wavelength_nm, self.wavelength_nm, np.arange(PIXELS), left=-1e3, right=-1e3)
        sigma = self.fwhm_px / 2.3548
        drawn = height[:, None] * np.exp(-0.5 * ((np.arange(PIXELS) - pixel[:, None]) / sigma) ** 2)
        return drawn.sum(axis=0)

    def noisy(self, counts: np.ndarray, draw: int) -> np.ndarray:
        return counts + np.random.default_rng([self.seed, draw]).normal(0.0, self.noise, PIXELS)

    def neon(self) -> np.ndarray:
        lamp = lamp_lines()
        return self.noisy(1000.0 + self.lines(lamp.wavelength_nm, 40.0 * lamp.intensity), 0)

    def standard(self, name: str = "polystyrene", height: float = 2000.0) -> np.ndarray:
        known = shift_standard(name)
        at = 1e7 / (1e7 / self.laser_nm - known.shift_cm1)
        return self.noisy(300.0 + self.lines(at, height * known.strength), 1)

    def glass(self) -> np.ndarray:
        certified = np.polynomial.polynomial.polyval(self.shift_cm1, np.array(intensity_standard().coefficients))
        return self.noisy(3e4 * certified / certified.max() * self.response(), 2)

    def measured(self, *, glass: bool = False) -> Measured:
        return Measured(neon=self.neon(), standard=self.standard(), glass=self.glass() if glass else None)


def nominal() -> Start:
    return start_from(NOMINAL_NM, PIXELS, NOMINAL_LASER_NM)


def displaced(offset_nm: float, stretch: float = 0.0, bow_nm: float = 0.0) -> Instrument:
    """An instrument off its nominal axis by an offset, a share of its dispersion, and a bow over its length."""
    a0, a1, a2 = NOMINAL_NM
    bend = 4 * bow_nm / PIXELS**2
    return Instrument(coefficients=(a0 + offset_nm, a1 * (1 + stretch) - bend * PIXELS, a2 + bend))
