"""The axis: neon's lines give each pixel's wavelength, polystyrene the laser's, both the error of the nominal axis."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from quayscan_spectra.calibration_lines import lamp_lines, shift_standard

from ...calibrate.laser_fit import LaserFit, fit_laser
from ...calibrate.peaks import Peaks, find_lines
from ...calibrate.polynomial import over_pixels, position_of
from ...calibrate.wavelength_fit import WavelengthFit, fit_wavelength
from ...spectrum import FloatArray
from ..case import METROLOGY, Case, Found
from ..resource import PLACE
from ..rig import Rig
from .frames import before, default_scan, mean_counts, unlit

LAMP_FRAMES = 30
LAMP_US = 250_000
HOT = 8.0
"""Spreads of the dark current over the pixels, beyond which one glows."""

SHORTER = 2
"""Each retry exposes for so much less, until no line is clipped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lamp:
    """What the lamp showed: (P,) counts above the dark, its lines, and the axis by them."""

    counts: FloatArray
    peaks: Peaks
    fit: WavelengthFit

    def wavelength_nm(self) -> FloatArray:
        """(P,) nm by the lamp."""
        pixels = self.counts.size
        return self.fit.axis(position_of(np.arange(pixels, dtype=np.float64), pixels))


def measure_lamp(rig: Rig) -> Lamp:
    """The lamp before the probe; measured once a rig.

    Raises
    ------
    CalibrationError
        It is not recognised.
    """
    if "lamp" not in rig.found:
        counts = _lamp_counts(rig)
        peaks = find_lines(counts)
        start = over_pixels(rig.board.optics.wavelength_nm, counts.size)
        fit = fit_wavelength(peaks, lamp_lines(), counts.size, start)
        rig.found["lamp"] = Lamp(counts=counts, peaks=peaks, fit=fit)
    found: Lamp = rig.found["lamp"]
    return found


def _lamp_counts(rig: Rig) -> FloatArray:
    """(P,) counts of the lamp above the dark, nothing clipped."""
    rig.resources.place("neon")
    lit, exposure_us = unlit(rig, LAMP_US, LAMP_FRAMES), LAMP_US
    while lit.saturated and exposure_us > rig.board.detector.min_exposure_us:
        exposure_us = max(exposure_us // SHORTER, rig.board.detector.min_exposure_us)
        lit = unlit(rig, exposure_us, LAMP_FRAMES)
    rig.resources.place("dark")
    dark = mean_counts(unlit(rig, exposure_us, LAMP_FRAMES))
    return _without_hot_pixels(mean_counts(lit) - dark, dark)


def _without_hot_pixels(counts: FloatArray, dark: FloatArray) -> FloatArray:
    """(P,) counts, with pixels that glow in the dark bridged: filled already, they show less light than there is."""
    spread = 1.4826 * float(np.median(np.abs(dark - np.median(dark))))
    sound = dark < np.median(dark) + HOT * max(spread, 1.0)
    pixel = np.arange(counts.size, dtype=np.float64)
    bridged: FloatArray = np.interp(pixel, pixel[sound], counts[sound])
    return bridged


def measure_laser(rig: Rig) -> LaserFit:
    """The laser by polystyrene on the lamp's axis; measured once a rig."""
    if "laser" not in rig.found:
        lamp = measure_lamp(rig)
        peaks = find_lines(before(rig, "polystyrene", default_scan(rig)))
        nominal_nm = rig.board.light.wavelength_nm
        rig.found["laser"] = fit_laser(
            peaks, shift_standard("polystyrene"), lamp.fit.axis, lamp.counts.size, nominal_nm
        )
    found: LaserFit = rig.found["laser"]
    return found


def _lamp_axis(rig: Rig) -> Found:
    lamp, limit = measure_lamp(rig), rig.board.rig.axis_rms_cm1
    middle_nm = float(np.median(lamp.wavelength_nm()))
    rms = lamp.fit.rms_nm * 1e7 / middle_nm**2
    return Found(
        finding=f"{lamp.fit.pixel.size} neon lines, {rms:.3f} cm-1 rms off a cubic, {lamp.fit.rejected} left out",
        measured=rms,
        limit=limit,
        unit="cm-1",
        passed=rms <= limit,
        details={
            "line_nm": [float(one) for one in lamp.fit.line_nm],
            "pixel": [round(float(one), 3) for one in lamp.fit.pixel],
            "residual_cm1": [float(one) for one in lamp.fit.residual_nm * 1e7 / lamp.fit.line_nm**2],
            "coefficients": list(lamp.fit.axis.coefficients),
            "counts": [round(float(one), 1) for one in lamp.counts],
        },
    )


def _axis(rig: Rig) -> Found:
    lamp, laser, limit = measure_lamp(rig), measure_laser(rig), rig.board.rig.axis_cm1
    measured = 1e7 / laser.laser_nm - 1e7 / lamp.wavelength_nm()
    off = rig.board.shift_cm1() - measured
    worst = float(off[np.argmax(np.abs(off))])
    return Found(
        finding=f"nominal axis {worst:+.2f} cm-1 off at worst; laser {laser.laser_nm:.4f} nm,"
        f" polystyrene {laser.rms_cm1:.2f} cm-1 rms",
        measured=abs(worst),
        limit=limit,
        unit="cm-1",
        passed=abs(worst) <= limit,
        details={
            "laser_nm": laser.laser_nm,
            "standard_cm1": [float(one) for one in laser.line_cm1],
            "standard_residual_cm1": [float(one) for one in laser.residual_cm1],
        },
    )


def _case(name: str, injected: str, invariant: str, run: Callable[[Rig], Found]) -> Case:
    return Case(
        name=name,
        group=METROLOGY,
        injected=injected,
        invariant=invariant,
        run=run,
        needs=frozenset({PLACE}),
        raman_only=True,
    )


AXIS = (
    _case("neon lines", "a neon lamp before the probe", "its lines lie on a smooth axis", _lamp_axis),
    _case("axis", "neon, then polystyrene", "the nominal axis is within its tolerance", _axis),
)
