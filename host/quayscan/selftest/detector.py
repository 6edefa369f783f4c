"""The detector in the dark: level, noise, and pixels that do not behave."""

from __future__ import annotations

import numpy as np

from quayscan_hardware.board import Board

from ..device import DeviceClient, ScanSettings
from ..exposure import Exposure
from ..spectrum import FloatArray
from .outcome import Outcome, judged

FRAMES = 4
LONGER = 4
"""The second dark exposure is so many times as long as the first: the difference is dark current alone."""

HOT = 5.0
DEAD = 0.2
"""A pixel whose dark current is more or less than so many times the median is a defect."""

FULL = 0.98
"""Share of the converter's range at which a pixel in the dark glows, whatever its shorter exposure says."""

_MAD_TO_SIGMA = 1.4826


def check_detector(device: DeviceClient, board: Board) -> list[Outcome]:
    """Dark level, noise and pixel defects, from two exposures with the light off."""
    short_us = board.scan.exposure_us
    short = _dark(device, short_us)
    long = _dark(device, min(LONGER * short_us, board.detector.max_exposure_us))
    return [dark_level(short, board), noise(short, board), defects(short, long, board)]


def dark_level(exposure: Exposure, board: Board) -> Outcome:
    """Median counts of a dark frame against offset and nominal dark current at the detector's temperature."""
    detector = board.detector
    seen = float(np.median(_mean(exposure)))
    doublings = (exposure.detector_temp_c - detector.dark_reference_c) / detector.dark_doubling_c
    electrons = detector.dark_e_per_s * 2.0**doublings * exposure.exposure_us * 1e-6
    nominal = detector.adc_offset + electrons / detector.gain_e_per_count
    return judged(
        "dark level",
        abs(seen / nominal - 1.0),
        board.selftest.dark_level,
        "of the nominal level",
        finding=f"{seen:.0f} counts in {exposure.exposure_us / 1000:g} ms at {exposure.detector_temp_c:.1f} degC,"
        f" nominal {nominal:.0f}",
        remedy="cap the probe and shade the device; if it stays, the detector leaks light or current: service",
    )


def noise(exposure: Exposure, board: Board) -> Outcome:
    """Noise of one frame from what two sums of dark frames differ by, over what read and shot noise give."""
    detector = board.detector
    difference = exposure.light_sum.astype(float) - exposure.dark_sum
    spread = _MAD_TO_SIGMA * float(np.median(np.abs(difference - np.median(difference))))
    seen = spread / np.sqrt(2 * exposure.averages)
    electrons = max(0.0, float(np.median(_mean(exposure))) - detector.adc_offset) * detector.gain_e_per_count
    nominal = np.sqrt(detector.read_noise_e**2 + electrons) / detector.gain_e_per_count
    return judged(
        "noise",
        seen / nominal,
        board.selftest.noise,
        "times the nominal noise",
        finding=f"{seen:.1f} counts a frame, nominal {nominal:.1f}",
        remedy="use another cable and supply, away from motors and radios; if it stays, the converter: service",
    )


def defects(short: Exposure, long: Exposure, board: Board) -> Outcome:
    """Pixels whose dark current is far from the others'."""
    current = _mean(long) - _mean(short)
    usual = float(np.median(current))
    glows = (current > HOT * usual) | (_mean(long) > FULL * long.adc_max)
    hot, dead = int(np.sum(glows)), int(np.sum(~glows & (current < DEAD * usual)))
    return judged(
        "pixel defects",
        hot + dead,
        board.selftest.defects,
        "pixels",
        finding=f"{hot} glow and {dead} are dead, of {current.size}",
        remedy="take no references with it any more; the detector ages: have it replaced",
    )


def _dark(device: DeviceClient, exposure_us: int) -> Exposure:
    exposure = device.measure(ScanSettings(exposure_us=exposure_us, averages=FRAMES, light_off=True))
    device.release(exposure.exposure_id)
    return exposure


def _mean(exposure: Exposure) -> FloatArray:
    mean: FloatArray = (exposure.light_sum.astype(float) + exposure.dark_sum) / (2 * exposure.averages)
    return mean
