"""Settings become requests, and requests exposures: fixed, delayed, found."""

from __future__ import annotations

import os

import pytest
from scripted import ScriptedLink, status_answer

from quayscan.device import AutoExposure, DeviceClient, Progress, ScanSettings
from quayscan.device.scan_request import scan_request
from quayscan.errors import DeviceRefused, SafetyFault, UsageError
from quayscan.link.sim_link import SimLink
from quayscan_wire import faults, kinds, messages

sim = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")


def test_a_fixed_exposure_is_a_scan_that_every_firmware_knows() -> None:
    kind, payload = scan_request(ScanSettings(exposure_us=5000, averages=3, laser_mw=50.0))
    assert kind == kinds.SCAN
    assert messages.unpack_scan(payload) == {"exposure_us": 5000, "averages": 3, "light_power": 500, "flags": 0}


def test_a_delay_or_a_target_makes_it_a_measure() -> None:
    kind, payload = scan_request(ScanSettings(exposure_us=5000, averages=3, delay_s=1.5))
    assert kind == kinds.MEASURE
    assert (messages.unpack_measure(payload)["delay_ms"], messages.unpack_measure(payload)["target"]) == (1500, 0)
    kind, payload = scan_request(ScanSettings(exposure_us=0, averages=0, auto=AutoExposure(target=0.5, budget_s=2)))
    fields = messages.unpack_measure(payload)
    assert (kind, fields["target"], fields["budget_ms"], fields["delay_ms"]) == (kinds.MEASURE, 500, 2000, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: AutoExposure(target=0.95),
        lambda: AutoExposure(budget_s=0.0),
        lambda: ScanSettings(exposure_us=0, averages=1),
        lambda: ScanSettings(exposure_us=1, averages=1, delay_s=601),
    ],
)
def test_values_out_of_range_are_refused_before_anything_is_sent(wrong) -> None:
    with pytest.raises(UsageError, match="out of range"):
        wrong()


@pytest.mark.parametrize(
    ("end", "error", "words"),
    [(faults.TOO_BRIGHT, DeviceRefused, "shield the probe"), (faults.BURN_GUARD, SafetyFault, "less power or not")],
)
def test_what_ended_an_exposure_is_told_with_what_to_do(end: int, error: type[Exception], words: str) -> None:
    asked = [0]

    def script(kind: int, payload: bytes):
        if kind == kinds.MEASURE:
            return [(kinds.MEASURE | kinds.REPLY, messages.pack_scan_answer(1))]
        asked[0] += 1
        ended = {"last_id": 1, "last_end": end} if asked[0] > 1 else {}
        return [(kinds.STATUS | kinds.REPLY, status_answer(**ended))]

    device = DeviceClient(ScriptedLink(script))
    with pytest.raises(error, match=words):
        device.measure(ScanSettings(exposure_us=0, averages=0, auto=AutoExposure()))


@sim
def test_the_device_counts_down_and_finds_its_exposure() -> None:
    seen: list[Progress] = []
    settings = ScanSettings(exposure_us=0, averages=0, delay_s=0.4, auto=AutoExposure(budget_s=1.0))
    with DeviceClient(SimLink("sim:raman785", sample="acetone", seed=1)) as device:
        exposure = device.measure(settings, seen.append)
    stages = list(dict.fromkeys(one.stage for one in seen if one.stage != "idle"))
    assert stages == ["delay", "probe", "dark", "warning", "light", "transfer"]
    assert exposure.found is not None
    assert exposure.found.reason in ("REACHED", "BUDGET")
    assert 1 <= exposure.found.probes <= 4
    assert 2e-6 * exposure.averages * exposure.exposure_us <= 1.0
    assert exposure.saturated == 0
