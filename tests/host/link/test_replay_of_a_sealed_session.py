"""A recording of a proved session shows the same spectrum and proves nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quayscan.device import DeviceClient, ScanSettings
from quayscan.keys import DeviceKeys
from quayscan.link import CaptureLink, open_link
from quayscan.link.sim_link import SimLink

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")


def test_it_replays_to_the_same_bytes_and_is_not_authenticated(tmp_path: Path) -> None:
    port = f"sim:raman785?sample=acetone&seed=1&speed=100&flash={tmp_path / 'flash.bin'}"
    keys = DeviceKeys(folder=tmp_path)
    settings = ScanSettings(exposure_us=10_000, averages=2)
    with DeviceClient(SimLink(port), keys) as device:
        assert device.provision().authenticated
    capture = tmp_path / "session.jsonl"
    with DeviceClient(CaptureLink(SimLink(port), capture), keys) as device:
        exposure = device.measure(settings)
        device.release(exposure.exposure_id)
        assert exposure.authenticated
    with DeviceClient(open_link(f"replay:{capture}"), keys) as device:
        assert (device.info.provisioned, device.info.authenticated) == (True, False)
        again = device.measure(settings)
        device.release(again.exposure_id)
    assert again.blob == exposure.blob
    assert not again.authenticated
