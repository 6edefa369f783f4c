"""`quayscan device provision`, `revoke`, `maintain`, `sync` and `--device`, through the virtual bench."""

from __future__ import annotations

import importlib.util
import os
import stat
import time
from pathlib import Path

import pytest
from command_line import CommandLine
from jsonschema import Draft202012Validator

from quayscan.device import DeviceClient, ScanSettings
from quayscan.link.sim_link import SimLink
from quayscan_hardware.sim import VirtualBoard

pytestmark = pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")

ALONE_S = 3.1
"""After this much silence a device is on its own (quayscan_fw.keeping.ALONE_MS)."""


@pytest.fixture
def port(tmp_path: Path) -> str:
    """A virtual board whose flash outlives the commands."""
    return f"sim:raman785?sample=acetone&seed=3&speed=50&flash={tmp_path / 'flash.bin'}"


def press_trigger(port: str) -> None:
    """What an operator does far from any host."""
    link = SimLink(port)
    time.sleep(ALONE_S)
    link.board.bench.trigger_held = True
    time.sleep(1.5)
    link.board.bench.trigger_held = False
    time.sleep(0.2)
    link.close()


def test_a_provisioned_device_is_authenticated_until_it_is_revoked(quayscan: CommandLine, port: str) -> None:
    before = quayscan("scan", "--port", port, "--json").rows()[0]
    assert not before["device"]["authenticated"]
    done = quayscan("device", "provision", "--port", port, "--json")
    (row,) = done.rows()
    assert (done.code, done.err, row["standalone"]) == (0, "", False)
    assert stat.S_IMODE(Path(row["key"]).stat().st_mode) == 0o600
    info = quayscan("device", "info", "--port", port, "--json").rows()[0]
    assert (info["uid"], info["provisioned"], info["authenticated"]) == (row["uid"], True, True)
    assert quayscan("scan", "--port", port, "--json").rows()[0]["device"]["authenticated"]
    assert quayscan("device", "revoke", row["uid"]).code == 0
    after = quayscan("scan", "--port", port, "--json").rows()[0]
    assert (after["verdict"], after["device"]["authenticated"]) == ("MATCH", False)
    Path(row["key"]).unlink()
    stranger = quayscan("scan", "--port", port)
    assert stranger.code == 3
    assert "AUTH_REQUIRED" in stranger.err


def test_sync_brings_in_what_the_trigger_measured_and_what_a_host_left(
    quayscan: CommandLine, port: str, schema: Draft202012Validator
) -> None:
    assert quayscan("device", "provision", "--port", port, "--standalone").code == 0
    press_trigger(port)
    with DeviceClient(SimLink(port)) as device:  # a host that looks and goes before anything is recorded
        assert device.fetch(device.pending()).mode == "STANDALONE"
    done = quayscan("device", "sync", "--port", port, "--json")
    assert (done.code, done.err) == (0, "")
    (row,) = done.rows()
    schema.validate(row)
    assert (row["verdict"], row["device"]["authenticated"], row["sample"]) == ("MATCH", True, "recovered")
    again = quayscan("device", "sync", "--port", port)
    assert again.out == "0 recorded, nothing left on the device\n"


def test_a_hosted_exposure_waits_in_flash_when_its_host_goes(quayscan: CommandLine, port: str) -> None:
    with DeviceClient(SimLink(port)) as device:
        device.measure(ScanSettings(exposure_us=100_000, averages=4))
    done = quayscan("device", "sync", "--port", port)
    assert done.code == 0
    record, summary = done.out.splitlines()
    assert "MATCH" in record
    assert "HOSTED, UNAUTHENTICATED" in record
    assert summary == "1 recorded, nothing left on the device"


def test_a_loss_is_told_once(quayscan: CommandLine, port: str, tmp_path: Path) -> None:
    with DeviceClient(SimLink(port)) as device:
        device.measure(ScanSettings(exposure_us=1000, averages=1))
    flash = tmp_path / "flash.bin"
    content = bytearray(flash.read_bytes())
    head = next(at for at in range(4096, len(content), 4096) if content[at] == 0x51)
    content[head + 5000 : head + 8 * 4096] = b"\xff" * (8 * 4096 - 5000)  # as far as the write came
    flash.write_bytes(content)
    first = quayscan("device", "sync", "--port", port)
    assert first.code == 0
    assert "one exposure was lost number 1 of the device's store (exposure id 1): the power failed" in first.err
    assert quayscan("device", "sync", "--port", port).err == ""


def test_maintenance_asks_for_yes_and_takes_the_key_away(quayscan: CommandLine, port: str) -> None:
    key = Path(quayscan("device", "provision", "--port", port, "--json").rows()[0]["key"])
    refused = quayscan("device", "maintain", "--port", port)
    assert (refused.code, key.exists()) == (2, True)
    assert quayscan("device", "maintain", "--port", port, "--yes").code == 0
    assert not key.exists()
    assert not quayscan("device", "info", "--port", port, "--json").rows()[0]["provisioned"]


def test_two_devices_at_once_are_told_apart_by_their_uid(quayscan: CommandLine) -> None:
    spec = importlib.util.find_spec("quayscan_fw")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    firmware = Path(next(iter(spec.submodule_search_locations))).parent
    with VirtualBoard(seed=1, firmware_path=firmware) as one, VirtualBoard(seed=2, firmware_path=firmware) as other:
        ports = f"{one.port},{other.port}"
        for board in (one, other):
            done = quayscan("device", "info", "--port", ports, "--device", board.bench.uid, "--json")
            row = done.rows()[0]
            assert (done.err, row["port"], row["uid"]) == ("", board.port, board.bench.uid)
        missing = quayscan("device", "info", "--port", ports, "--device", "00" * 8)
        assert missing.code == 3
        assert one.bench.uid in missing.err
        assert "plug it in" in missing.err


def test_what_is_no_uid_is_a_usage_error(quayscan: CommandLine) -> None:
    assert quayscan("device", "revoke", "drum-17").code == 2
    assert quayscan("device", "info", "--device", "drum-17").code == 2
