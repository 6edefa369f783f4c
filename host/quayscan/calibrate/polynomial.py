"""A polynomial over the detector with the covariance of its coefficients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..spectrum import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Polynomial:
    """Wavelength in nm over the position on the detector, which runs from -1 (first pixel) to +1 (last).

    Attributes
    ----------
    coefficients : (D,) lowest power first. covariance : (D, D) of the coefficients; empty when not known.
    """

    coefficients: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...] = ()

    def __call__(self, position: FloatArray) -> FloatArray:
        """Wavelength in nm at these positions."""
        values: FloatArray = np.polynomial.polynomial.polyval(position, np.array(self.coefficients))
        return values

    def sigma(self, position: FloatArray) -> FloatArray:
        """Standard uncertainty in nm at these positions; 0 when the covariance is not known."""
        if not self.covariance:
            return np.zeros_like(position)
        powers = np.vander(position, len(self.coefficients), increasing=True)
        variance = np.einsum("pi,ij,pj->p", powers, np.array(self.covariance), powers)
        sigma: FloatArray = np.sqrt(np.maximum(variance, 0.0))
        return sigma


def position_of(pixel: FloatArray, pixels: int) -> FloatArray:
    """Where pixels lie on a detector: -1 at the first, +1 at the last."""
    position: FloatArray = 2.0 * np.asarray(pixel, dtype=np.float64) / (pixels - 1) - 1.0
    return position


def fit_polynomial(position: FloatArray, wavelength_nm: FloatArray, sigma_nm: FloatArray, degree: int) -> Polynomial:
    """Weighted least squares; the covariance is widened where the points scatter more than their uncertainties say.

    Parameters
    ----------
    position, wavelength_nm, sigma_nm : (L,) with L above `degree`.
    """
    powers = np.vander(position, degree + 1, increasing=True)
    coefficients, *_ = np.linalg.lstsq(powers / sigma_nm[:, None], wavelength_nm / sigma_nm, rcond=None)
    misfit = (powers @ coefficients - wavelength_nm) / sigma_nm
    free = max(position.size - degree - 1, 1)
    covariance = np.linalg.pinv((powers / sigma_nm[:, None] ** 2).T @ powers) * max(1.0, float(misfit @ misfit) / free)
    return Polynomial(
        coefficients=tuple(float(one) for one in coefficients),
        covariance=tuple(tuple(float(one) for one in row) for row in covariance),
    )


def over_pixels(coefficients: tuple[float, ...], pixels: int) -> Polynomial:
    """The same axis from coefficients over the pixel number, lowest power first, as makers give them."""
    pixel = np.polynomial.Polynomial([0.5 * (pixels - 1), 0.5 * (pixels - 1)])
    over_position = np.polynomial.Polynomial(list(coefficients))(pixel)
    return Polynomial(coefficients=tuple(float(one) for one in over_position.coef))


def straight(first_nm: float, last_nm: float) -> Polynomial:
    """A straight axis between the wavelengths of the first and the last pixel."""
    return Polynomial(coefficients=((first_nm + last_nm) / 2, (last_nm - first_nm) / 2))


def plus(base: Polynomial, correction: Polynomial) -> Polynomial:
    """The sum of a base without uncertainty and a correction, with the correction's covariance."""
    size = max(len(base.coefficients), len(correction.coefficients))
    total = [0.0] * size
    for part in (base.coefficients, correction.coefficients):
        for power, one in enumerate(part):
            total[power] += one
    known = np.zeros((size, size))
    if correction.covariance:
        count = len(correction.coefficients)
        known[:count, :count] = np.array(correction.covariance)
    return Polynomial(coefficients=tuple(total), covariance=tuple(tuple(float(one) for one in row) for row in known))
