"""What a reference that a pass over the codes left out can have at most: a bound that is proven, query by query.

At one shift a spectrum of length 1 is y within the span of the codes and a rest of length d outside it; a reference of
length 1 is a times its direction u within, and sqrt(1 - a^2) outside. By Cauchy and Schwarz their cosine is at most

    a u.y + sqrt(1 - a^2) d  <=  sqrt(max(u.y, 0)^2 + d^2)   for whatever a.

The reference's code C is 4,095 u to within `CODE_ERROR`. And y is a mixture of the spectrum's codes Q_i at the shifts
that were compared, with weights w_i >= 0, but for a rest e, which is short since the codes' waves are slow. So

    u.y  <=  sum w_i Q_i.C / 4095^2 + |e| + |y| CODE_ERROR / 4095,

and of the references that were left out the pass knows every Q_i.C to be under its threshold. Nothing about them needs
to be kept for it, nor looked at again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..preprocess.codes import CODE_ERROR, LENGTH, WAVES, Codes, wave_basis
from ..preprocess.grid import POINTS, WINDOW, FloatArray
from .best import ALL_COMPARED, DECIMALS
from .shifts import SHIFT_STEPS
from .windows import Shifted

STEP = 10.0**-DECIMALS

SHORTEST = 1e-9
"""Of a code's square, so that one of nothing but zeros divides nothing by zero."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reach:
    """How far the codes reach: spectra of length 1, within the codes' span and outside it, at each shift.

    Attributes
    ----------
    inside : (Q, 9, 64) y. outside : (Q, 9) d, at most.
    """

    inside: FloatArray
    outside: FloatArray

    def of(self, at: int) -> Reach:
        """Of the spectrum at a place."""
        return Reach(inside=self.inside[at : at + 1], outside=self.outside[at : at + 1])


def reach(spectra: Shifted) -> Reach:
    """Of spectra at the nine shifts."""
    waves = (spectra.flat @ _moved_basis()).reshape(len(spectra.flat), SHIFT_STEPS.size, WAVES)
    inside = waves / spectra.length[..., None]
    rest = 1.0 - np.einsum("qsw,qsw->qs", inside, inside) + spectra.spill
    return Reach(inside=inside, outside=np.sqrt(np.clip(rest, 0.0, 1.0)))


def ceiling(spectra: Reach, codes: Codes, steps: tuple[int, ...], least: NDArray[np.float32]) -> FloatArray:
    """(Q,) cosine, rounded up, that no reference exceeds whose products with a spectrum's codes are all under `least`.

    Parameters
    ----------
    codes : (Q, S, 64) of the spectra. steps : (S,) the shifts they are at. least : (Q,), -inf where none is under.
    """
    under = least.astype(np.float64)[:, None] - 1.0
    share, rest = _mixed(spectra, codes, steps)
    within = np.maximum(share * np.maximum(under, -(LENGTH**2)) / LENGTH**2 + rest, 0.0)
    most = np.sqrt(within**2 + spectra.outside**2).max(axis=1)
    rounded = np.round(np.ceil(most / STEP + 1.0) * STEP, DECIMALS)
    return np.where(np.isneginf(least), ALL_COMPARED, np.minimum(rounded, 1.0))


def worth_a_look(spectra: Reach, codes: Codes, cosine: float) -> FloatArray:
    """(9,) product of codes under which no reference has that cosine with one spectrum, at each shift.

    It is -inf where a reference may have it whatever its code.

    Parameters
    ----------
    codes : (1, 9, 64) of the spectrum at the nine shifts.
    """
    share, rest = _mixed(spectra, codes, tuple(int(step) for step in SHIFT_STEPS), alone=True)
    within = np.sqrt(np.maximum(cosine**2 - spectra.outside[0] ** 2, 0.0))
    least = np.floor((within - rest[0]) * LENGTH**2 / np.maximum(share[0], SHORTEST))
    return np.where(cosine > spectra.outside[0], least, -np.inf)


def _mixed(
    spectra: Reach, codes: Codes, steps: tuple[int, ...], *, alone: bool = False
) -> tuple[FloatArray, FloatArray]:
    """(Q, 9) sum of the weights, and what a reference may have beyond them.

    The weights are those of least squares over the two nearest shifts, or over the nearest `alone`; none is negative.
    """
    near, far = _nearest(steps)
    first, second = codes[:, near] / np.float64(LENGTH), codes[:, far] / np.float64(LENGTH)
    one, other = _weights(spectra.inside, first, second)
    if alone:
        one, other = _weight(spectra.inside, first), np.zeros_like(other)
    rest = spectra.inside - one[..., None] * first - other[..., None] * second
    return one + other, _length(rest) + CODE_ERROR / LENGTH * _length(spectra.inside)


def _weights(inside: FloatArray, first: FloatArray, second: FloatArray) -> tuple[FloatArray, FloatArray]:
    both, products = _dot(first, second), (_dot(inside, first), _dot(inside, second))
    squares = _dot(first, first), _dot(second, second)
    whole = squares[0] * squares[1] - both**2
    divided = np.maximum(whole, SHORTEST)
    one = (products[0] * squares[1] - products[1] * both) / divided
    other = (products[1] * squares[0] - products[0] * both) / divided
    first_alone = (other < 0.0) | (whole < SHORTEST)
    second_alone = (one < 0.0) & ~first_alone
    return (
        np.where(first_alone, _weight(inside, first), np.where(second_alone, 0.0, one)),
        np.where(second_alone, _weight(inside, second), np.where(first_alone, 0.0, other)),
    )


def _weight(inside: FloatArray, code: FloatArray) -> FloatArray:
    weight: FloatArray = np.maximum(_dot(inside, code) / np.maximum(_dot(code, code), SHORTEST), 0.0)
    return weight


def _dot(one: FloatArray, other: FloatArray) -> FloatArray:
    products: FloatArray = np.einsum("qsw,qsw->qs", one, other)
    return products


def _length(values: FloatArray) -> FloatArray:
    length: FloatArray = np.sqrt(_dot(values, values))
    return length


@lru_cache(maxsize=4)
def _nearest(steps: tuple[int, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """(9,) places of the nearest and the second nearest of the steps compared."""
    apart = np.abs(np.subtract.outer(SHIFT_STEPS, np.array(steps)))
    order = np.argsort(apart, axis=1, kind="stable")
    return order[:, 0], order[:, min(1, len(steps) - 1)]


@lru_cache(maxsize=1)
def _moved_basis() -> FloatArray:
    """(951, 9 64) the codes' basis, moved up by each shift."""
    moved = np.zeros((POINTS, SHIFT_STEPS.size, WAVES))
    for at, step in enumerate(SHIFT_STEPS):
        moved[WINDOW.start + step : WINDOW.stop + step, at] = wave_basis()
    return moved.reshape(POINTS, -1)
