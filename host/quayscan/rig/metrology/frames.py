"""Frames for metrology, without the pipeline's corrections: pairs, means, counts before a source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quayscan_hardware.rig.controller import STIMULUS

from ...device import ScanSettings
from ...exposure import Exposure
from ...spectrum import FloatArray
from ..rig import Rig
from ..strategy import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two single frames of one kind, (P,) counts each, the board's light off."""

    first: FloatArray
    second: FloatArray
    exposure_us: int

    @property
    def mean(self) -> FloatArray:
        """(P,) counts."""
        return (self.first + self.second) / 2

    @property
    def half_square(self) -> FloatArray:
        """(P,) half of the squared difference: its mean is the variance of a frame, whatever the pattern."""
        return (self.first - self.second) ** 2 / 2


def pair(rig: Rig, exposure_us: int, stimulus: float = 0.0) -> Pair:
    """Two frames before the rig's lamp at some drive."""
    exposure = unlit(rig, exposure_us, 1, stimulus)
    return Pair(
        first=exposure.dark_sum.astype(float), second=exposure.light_sum.astype(float), exposure_us=exposure.exposure_us
    )


def unlit(rig: Rig, exposure_us: int, averages: int, stimulus: float = 0.0) -> Exposure:
    """An exposure with the board's light off all the time."""
    rig.to(State.IDLE)
    if STIMULUS in rig.controller.lines:
        rig.drive(STIMULUS, stimulus)
    return rig.driver.measure(ScanSettings(exposure_us=exposure_us, averages=averages, light_off=True))


def mean_counts(exposure: Exposure) -> FloatArray:
    """(P,) mean counts of all frames of an unlit exposure."""
    mean: FloatArray = (exposure.light_sum.astype(float) + exposure.dark_sum) / (2 * exposure.averages)
    return mean


def before(rig: Rig, sample: str, settings: ScanSettings) -> FloatArray:
    """(P,) mean counts of light minus dark before a sample; nothing clipped."""
    rig.resources.place(sample)
    rig.to(State.IDLE)
    exposure = rig.driver.measure(settings)
    light: FloatArray = (exposure.light_sum.astype(float) - exposure.dark_sum) / exposure.averages
    return light


def offset_counts(rig: Rig, pairs: int = 2) -> float:
    """The converter's offset: mean of frames so short that no dark current counts, hot pixels left aside."""
    shortest = rig.board.detector.min_exposure_us
    return float(np.mean([np.median(pair(rig, shortest).mean) for _ in range(pairs)]))


def default_scan(rig: Rig, averages: int = 0) -> ScanSettings:
    """The board's own scan, with other averages if given."""
    return ScanSettings(exposure_us=rig.board.scan.exposure_us, averages=averages or rig.board.scan.averages)
