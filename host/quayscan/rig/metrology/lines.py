"""Resolution and stray light from the lamp's lines, and the width of calcite's band.

ASTM E2529-06 tests resolution by the emission lines of a low-pressure lamp or by calcite's band at 1,085 cm-1 (scope,
1.1). The lamp's lines are judged here, whose width is the instrument's alone. Calcite's is told beside it: it has the
laser's width too, and the band's own of 1.3 cm-1 (N. Itoh, Appl. Spectrosc. 2025, 10.1177/00037028251318757).
"""

from __future__ import annotations

import numpy as np

from quayscan_spectra.calibration_lines import lamp_lines

from ...calibrate.peaks import find_lines
from ...errors import RigViolation
from ...spectrum import FloatArray
from ..case import METROLOGY, Case, Found
from ..resource import PLACE
from ..rig import Rig
from .axis import Lamp, measure_lamp
from .frames import before, default_scan

CALCITE_CM1 = 1085.0
CALCITE_REACH_CM1 = 15.0
ALONE_FWHM = 4.0
"""A line is alone when no other of a twentieth of its light lies nearer than so many widths."""

WEAK = 0.05
FAR_FWHM = 3.0
"""Farther than so many widths, seven standard deviations, from any line of the lamp, light is astray."""

LEAST_HEIGHT = 0.05
"""Of the strongest line: weaker ones have widths that noise makes."""


def line_widths(lamp: Lamp) -> tuple[FloatArray, FloatArray]:
    """(pixel, full width at half maximum in cm-1) of the lamp's lines that stand alone.

    Raises
    ------
    RigViolation
        There are fewer than three.
    """
    nm = lamp.wavelength_nm()
    pixel = np.arange(nm.size, dtype=np.float64)
    fwhm_nm = np.median(lamp.peaks.fwhm) * np.interp(lamp.peaks.pixel, pixel, np.gradient(nm))
    peak_nm = np.interp(lamp.peaks.pixel, pixel, nm)
    strong = lamp.peaks.height > LEAST_HEIGHT * lamp.peaks.height.max()
    alone = strong & np.array([_alone(at, width) for at, width in zip(peak_nm, fwhm_nm, strict=True)])
    if alone.sum() < 3:
        raise RigViolation(f"{int(alone.sum())} neon lines stand alone and 3 are needed: light the lamp, expose longer")
    cm1_per_px = np.interp(lamp.peaks.pixel[alone], pixel, np.abs(np.gradient(1e7 / nm)))
    return lamp.peaks.pixel[alone], lamp.peaks.fwhm[alone] * cm1_per_px


def _alone(at_nm: float, fwhm_nm: float) -> bool:
    table = lamp_lines()
    near = np.abs(table.wavelength_nm - at_nm) < ALONE_FWHM * fwhm_nm
    return bool(near.any()) and int(np.sum(table.intensity[near] > WEAK * table.intensity[near].max())) == 1


def _resolution(rig: Rig) -> Found:
    pixel, width = line_widths(measure_lamp(rig))
    calcite = find_lines(before(rig, "calcium-carbonate", default_scan(rig)))
    slope, level = np.polyfit(pixel, width, 1)
    widest = float(max(level, level + slope * (rig.board.detector.pixels - 1)))
    limit = rig.board.rig.resolution_cm1
    band = _calcite_width(rig, calcite.pixel, calcite.fwhm)
    return Found(
        finding=f"neon lines {width.min():.2f} to {width.max():.2f} cm-1 wide, {widest:.2f} at the wide end;"
        f" calcite's band at 1,085 cm-1 {band:.2f}",
        measured=widest,
        limit=limit,
        unit="cm-1",
        passed=widest <= limit,
        details={"pixel": list(pixel), "fwhm_cm1": list(width), "calcite_fwhm_cm1": band},
    )


def _calcite_width(rig: Rig, pixel: FloatArray, fwhm: FloatArray) -> float:
    shift = rig.board.shift_cm1()
    places = np.arange(shift.size, dtype=np.float64)
    at = np.interp(pixel, places, shift)
    near = np.flatnonzero(np.abs(at - CALCITE_CM1) < CALCITE_REACH_CM1)
    if not near.size:
        raise RigViolation("no band near 1,085 cm-1: is it calcite that lies before the probe?")
    best = near[np.argmin(np.abs(at[near] - CALCITE_CM1))]
    return float(fwhm[best] * np.interp(pixel[best], places, np.gradient(shift)))


def _stray_light(rig: Rig) -> Found:
    lamp, limit = measure_lamp(rig), rig.board.rig.stray_light
    share = stray_share(lamp)
    return Found(
        finding=f"{100 * share:.3f} % of the lamp's light lies far from its lines",
        measured=abs(share),
        limit=limit,
        unit="of all light",
        passed=abs(share) <= limit,
        details={"stray_light": share},
    )


def stray_share(lamp: Lamp) -> float:
    """Light that lies evenly over the detector, over all light."""
    pixel = np.arange(lamp.counts.size, dtype=np.float64)
    table = lamp_lines()
    places = np.interp(table.wavelength_nm, lamp.wavelength_nm(), pixel)
    centres = np.concatenate([places, lamp.peaks.pixel])
    apart = np.min(np.abs(pixel[:, None] - centres[None, :]), axis=1)
    far = apart > FAR_FWHM * float(np.median(lamp.peaks.fwhm))
    if far.sum() < 32:
        raise RigViolation("no pixels are far from the lamp's lines: the lines are too wide")
    return float(np.mean(lamp.counts[far]) * lamp.counts.size / lamp.counts.sum())


LINES = (
    Case(
        name="resolution",
        group=METROLOGY,
        injected="neon, then calcite",
        invariant="no line is wider than the definition allows",
        run=_resolution,
        needs=frozenset({PLACE}),
        raman_only=True,
    ),
    Case(
        name="stray light",
        group=METROLOGY,
        injected="a neon lamp before the probe",
        invariant="light stays at its lines",
        run=_stray_light,
        needs=frozenset({PLACE}),
        raman_only=True,
    ),
)
