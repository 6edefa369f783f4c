"""The light: what comes back grows with time, and the photodiode sees what was set."""

from __future__ import annotations

import numpy as np

from quayscan_hardware.board import Board

from ..device import AutoExposure, DeviceClient, ScanSettings
from ..exposure import Exposure
from .outcome import Outcome, judged

FRAMES = 2
PARTS = (0.25, 0.5, 1.0)
"""Exposures for linearity, over the longest."""

BRIGHTEST = 0.005
"""Share of the pixels that linearity is read from."""


def check_light(device: DeviceClient, board: Board) -> list[Outcome]:
    """Linearity and read-back, before whatever is there that scatters: the polystyrene of the axis check is right."""
    longest_us = _longest(device, board)
    exposures = [_measure(device, max(1, round(part * longest_us))) for part in PARTS]
    weak = _measure(device, max(1, round(longest_us / 4)), board.light.default_mw / 2)
    return [linearity(exposures, board), read_back([*exposures, weak], board)]


def linearity(exposures: list[Exposure], board: Board) -> Outcome:
    """Light of the brightest pixels over exposure and read-back: the largest departure from its mean."""
    brightest = np.argsort(_light(exposures[-1]))[-max(1, round(BRIGHTEST * exposures[-1].light_sum.size)) :]
    seen = np.array([_light(one)[brightest].mean() / (one.exposure_us * max(one.photodiode, 1)) for one in exposures])
    worst = float(np.max(np.abs(seen / seen.mean() - 1.0))) if seen.mean() > 0 else float("inf")
    times = ", ".join(f"{one.exposure_us / 1000:.0f}" for one in exposures)
    peak = float(_light(exposures[-1])[brightest].mean())
    return judged(
        "linearity",
        worst,
        board.selftest.linearity,
        "of the mean",
        finding=f"{times} ms, up to {peak:.0f} counts of light",
        remedy="put polystyrene firmly before the probe and test again; if it stays, the converter: service",
    )


def read_back(exposures: list[Exposure], board: Board) -> Outcome:
    """Photodiode counts over what the power set should give: the largest departure."""
    nominal = np.array([one.laser_mw * board.light.photodiode_counts_per_mw for one in exposures])
    seen = np.array([one.photodiode for one in exposures], dtype=float)
    worst = int(np.argmax(np.abs(seen / nominal - 1.0)))
    return judged(
        "light read-back",
        abs(float(seen[worst] / nominal[worst]) - 1.0),
        board.selftest.read_back,
        "of the nominal counts",
        finding=f"{seen[worst]:.0f} counts at {exposures[worst].laser_mw:g} mW, nominal {nominal[worst]:.0f}",
        remedy="do not scan: the light may be stronger or weaker than it says; service",
    )


def _longest(device: DeviceClient, board: Board) -> int:
    """An exposure that fills most of the converter: found by the device, its own default with a white tile."""
    if board.white is not None:
        return board.scan.exposure_us
    exposure = device.measure(ScanSettings(exposure_us=0, averages=1, auto=AutoExposure(budget_s=2.0)))
    device.release(exposure.exposure_id)
    return exposure.exposure_us


def _measure(device: DeviceClient, exposure_us: int, laser_mw: float = 0.0) -> Exposure:
    exposure = device.measure(ScanSettings(exposure_us=exposure_us, averages=FRAMES, laser_mw=laser_mw))
    device.release(exposure.exposure_id)
    return exposure


def _light(exposure: Exposure) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return (exposure.light_sum.astype(float) - exposure.dark_sum) / exposure.averages
