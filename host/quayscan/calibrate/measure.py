"""Measure what a calibration needs: lamp, standard and glass, each exposed so that nothing is clipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..device import DeviceClient, Progress, ScanSettings
from ..errors import CalibrationError
from ..exposure import Exposure
from ..spectrum import FloatArray

SHORTER = 4
"""Each retry exposes for so much less."""

RETRIES = 5


def measure_lamp(
    device: DeviceClient, settings: ScanSettings, on_progress: Callable[[Progress], None] = lambda progress: None
) -> FloatArray:
    """(P,) mean counts before a lamp, laser off. The lamp shines on the dark frames too: they are not subtracted.

    Raises
    ------
    CalibrationError
        It clips however short the exposure.
    DeviceError, SafetyFault
        As `DeviceClient.measure` says.
    """
    exposure = _unclipped(device, replace(settings, light_off=True), on_progress)
    counts: FloatArray = exposure.light_sum / exposure.averages
    return counts


def measure_sample(
    device: DeviceClient, settings: ScanSettings, on_progress: Callable[[Progress], None] = lambda progress: None
) -> FloatArray:
    """(P,) mean counts before a standard or glass, light minus dark.

    Raises
    ------
    CalibrationError, DeviceError, SafetyFault
        As `measure_lamp` says.
    """
    exposure = _unclipped(device, settings, on_progress)
    counts: FloatArray = (exposure.light_sum.astype(float) - exposure.dark_sum) / exposure.averages
    return counts


def _unclipped(device: DeviceClient, settings: ScanSettings, on_progress: Callable[[Progress], None]) -> Exposure:
    for _ in range(RETRIES + 1):
        exposure = device.measure(settings, on_progress)
        device.release(exposure.exposure_id)
        if exposure.saturated == 0:
            return exposure
        settings = replace(settings, exposure_us=max(settings.exposure_us // SHORTER, 1))
    raise CalibrationError(
        f"{exposure.saturated} pixels still clip at {exposure.exposure_us} us: move the source away or dim it"
    )
