"""The photon transfer curve: variance of a pixel over its signal gives gain and read noise.

Signal and variance come from pairs of frames, whose difference knows nothing of pattern or lamp: half of its square has
the frame's variance as its mean. That is a chi-squared variable of one degree of freedom, so each has a standard
deviation of sqrt(2) of its own mean; maximum likelihood for the straight line variance = a + signal / gain is then
reached by weighting with 1 / variance^2, again and again (J. R. Janesick, "Photon Transfer", SPIE Press 2007, ch. 5;
P. McCullagh and J. A. Nelder, "Generalized Linear Models", 1989, ch. 8).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from quayscan_hardware.rig.controller import STIMULUS

from ...errors import RigViolation
from ...spectrum import FloatArray
from ..case import METROLOGY, Case, Found
from ..rig import Rig
from .frames import Pair, offset_counts, pair

DRIVES = (0.0, 0.02, 0.06, 0.12, 0.22, 0.35, 0.5, 0.65)
"""Of the rig's lamp: from read noise alone to most of the converter's range."""

SAMPLES = 120_000
"""Pixels times pairs over all drives: the gain is then known to about 0.6 %, a fifth of what is asked."""

MOST_PAIRS = 30
"""At each drive, on a detector of few pixels: its gain is then known to about 0.9 %."""

EXPOSURE_US = 200_000
MOST_FILLED = 0.9
"""Of the converter's range: nearer to its end the noise is clipped."""

CLIP = 36.0
"""Half squares over so many times their variance, six sigma, are cosmic rays."""

FEWEST = 500
"""Pixels in a point of the plot: its variance is then known to 6 %."""

LEAST = 1.0
"""Counts of signal whose shot noise no read noise is taken to be below, while the fit settles."""

ROUNDS = 20
ROUNDING = 1 / 12
"""Variance of a count by rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Gain in electrons a count, read noise in electrons, with their standard uncertainties; the curve for a plot."""

    gain: float
    gain_sigma: float
    read_noise_e: float
    read_noise_sigma_e: float
    offset: float
    signal: FloatArray
    variance: FloatArray


def fit_transfer(signal: FloatArray, half_square: FloatArray) -> tuple[float, float, FloatArray]:
    """(a, b, covariance) of variance = a + b signal by maximum likelihood.

    Parameters
    ----------
    signal : (N,) counts above the offset. half_square : (N,) counts squared.
    """
    design = np.stack([np.ones_like(signal), signal], axis=1)
    a, b = _rough(signal, half_square)
    for _ in range(ROUNDS):
        model = max(a, LEAST * b) + b * np.maximum(signal, 0.0)
        kept = half_square < CLIP * model
        weight = np.where(kept, model**-2.0, 0.0)
        normal = design.T @ (design * weight[:, None])
        a, b = np.linalg.solve(normal, design.T @ (weight * half_square))
    return float(a), float(b), 2.0 * np.linalg.inv(normal)


def _rough(signal: FloatArray, half_square: FloatArray) -> tuple[float, float]:
    """A start from medians, which are 0.455 of the variance: cosmic rays leave them alone."""
    edges = np.quantile(signal, np.linspace(0, 1, 33))
    rough = np.array([np.median(part) / 0.455 for part in _parts(signal, half_square, edges)])
    middle = np.array([np.median(part) for part in _parts(signal, signal, edges)])
    b = max(float(np.median(np.diff(rough) / np.maximum(np.diff(middle), 1e-9))), float(rough[-1] / middle[-1] / 4))
    return max(float(rough[0] - b * middle[0]), float(rough[0]) / 4), b


def _parts(signal: FloatArray, values: FloatArray, edges: FloatArray) -> list[FloatArray]:
    return [values[(signal >= low) & (signal <= high)] for low, high in pairwise(edges)]


def measure_transfer(rig: Rig) -> Transfer:
    """The curve of the board on the rig; measured once a rig.

    Raises
    ------
    RigViolation
        The curve does not rise: no light reaches the detector, or its noise is none.
    """
    if "transfer" not in rig.found:
        rig.found["transfer"] = _measure(rig)
    found: Transfer = rig.found["transfer"]
    return found


def _measure(rig: Rig) -> Transfer:
    offset = offset_counts(rig)
    detector = rig.board.detector
    many = min(MOST_PAIRS, max(2, round(SAMPLES / detector.pixels / len(DRIVES))))
    drives = (*DRIVES, DRIVES[0], DRIVES[0])  # read noise stands on the frames without light alone
    pairs = [pair(rig, _exposure_us(rig, drive), drive) for drive in drives for _ in range(many)]
    rig.drive(STIMULUS, 0.0)
    signal, half_square = _together(pairs, offset, MOST_FILLED * (detector.adc_max - offset))
    a, b, covariance = fit_transfer(signal, half_square)
    if not (b > 0 and a > ROUNDING):
        raise RigViolation(f"the photon transfer curve has slope {b:.3g} and intercept {a:.3g}: no shot or read noise")
    gain, read = 1 / b, float(np.sqrt(a - ROUNDING)) / b
    spread = np.sqrt(np.diag(covariance))
    curve = _binned(signal, half_square)
    return Transfer(
        gain=gain,
        gain_sigma=float(spread[1]) * gain**2,
        read_noise_e=read,
        read_noise_sigma_e=read * float(np.hypot(spread[0] / (2 * (a - ROUNDING)), spread[1] / b)),
        offset=offset,
        signal=curve[0],
        variance=curve[1],
    )


def _exposure_us(rig: Rig, drive: float) -> int:
    """Without light the shortest frame, which has read noise alone."""
    return EXPOSURE_US if drive else rig.board.detector.min_exposure_us


def _together(pairs: Sequence[Pair], offset: float, most: float) -> tuple[FloatArray, FloatArray]:
    signal = np.concatenate([one.mean for one in pairs]) - offset
    half_square = np.concatenate([one.half_square for one in pairs])
    return signal[signal < most], half_square[signal < most]


def _binned(signal: FloatArray, half_square: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Means of signal and variance in steps of equal width, for a plot."""
    edges = np.linspace(0, signal.max(), 41)
    place = np.digitize(signal, edges)
    used = [one for one in range(1, edges.size + 1) if np.sum(place == one) > FEWEST]
    means = [(signal[place == one].mean(), half_square[place == one].mean()) for one in used]
    return np.array([one[0] for one in means]), np.array([one[1] for one in means])


def _gain(rig: Rig) -> Found:
    transfer, detector, limit = measure_transfer(rig), rig.board.detector, rig.board.rig.gain
    off = transfer.gain / detector.gain_e_per_count - 1
    return Found(
        finding=f"{transfer.gain:.4g} +- {transfer.gain_sigma:.2g} e-/count, nominal {detector.gain_e_per_count:g}",
        measured=abs(off),
        limit=limit,
        unit="of nominal",
        passed=abs(off) <= limit,
        details={
            "gain": transfer.gain,
            "gain_sigma": transfer.gain_sigma,
            "read_noise_e": transfer.read_noise_e,
            "signal": [round(float(one), 3) for one in transfer.signal],
            "variance": [round(float(one), 3) for one in transfer.variance],
        },
    )


def _read_noise(rig: Rig) -> Found:
    transfer, detector, limit = measure_transfer(rig), rig.board.detector, rig.board.rig.read_noise
    off = transfer.read_noise_e / detector.read_noise_e - 1
    return Found(
        finding=f"{transfer.read_noise_e:.4g} +- {transfer.read_noise_sigma_e:.2g} e-,"
        f" nominal {detector.read_noise_e:g}",
        measured=abs(off),
        limit=limit,
        unit="of nominal",
        passed=abs(off) <= limit,
        details={"read_noise_e": transfer.read_noise_e, "read_noise_sigma_e": transfer.read_noise_sigma_e},
    )


def _case(name: str, invariant: str, run: Callable[[Rig], Found]) -> Case:
    return Case(
        name=name,
        group=METROLOGY,
        injected="pairs of frames under the rig's lamp at eight levels",
        invariant=invariant,
        run=run,
        needs=frozenset({STIMULUS}),
    )


TRANSFER = (
    _case("gain", "electrons a count as the definition says", _gain),
    _case("read noise", "electrons as the definition says", _read_noise),
)
