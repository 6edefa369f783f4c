"""Settings become the request that starts an exposure."""

from __future__ import annotations

from quayscan_wire import kinds, messages

from .settings import ScanSettings

_POWER_UNITS_PER_MW = 10


def scan_request(settings: ScanSettings) -> tuple[int, bytes]:
    """Kind and payload: SCAN, or MEASURE where the device is to count down or to find the exposure."""
    fixed = (
        settings.exposure_us,
        settings.averages,
        round(settings.laser_mw * _POWER_UNITS_PER_MW),
        messages.FLAG_LIGHT_OFF if settings.light_off else 0,
    )
    delay_ms = round(1000 * settings.delay_s)
    auto = settings.auto
    if auto is not None:
        limits = (delay_ms, round(1000 * auto.target), round(1000 * auto.budget_s))
        return kinds.MEASURE, messages.pack_measure(*fixed, *limits)
    if delay_ms:
        return kinds.MEASURE, messages.pack_measure(*fixed, delay_ms)
    return kinds.SCAN, messages.pack_scan(*fixed)
